// How the learning goes.
import { metrics, session, status } from "../page.ts";
import { shortNumber } from "../words.ts";
import { Curve } from "./curve.tsx";
import "./understand.css";

export function Understand() {
  const last = metrics.value.at(-1);
  const taught = session.run.value?.teacher !== "none";
  const accuracy = last?.rewardAccuracy ?? null;
  return (
    <main class="tab understand" aria-labelledby="understanding">
      <h1 id="understanding">How the learning goes</h1>
      <dl class="figures-list">
        {taught && (
          <Figure name="Reward model accuracy" value={accuracy === null ? "–" : `${Math.round(100 * accuracy)} %`} />
        )}
        <Figure name="Steps" value={shortNumber(Math.max(status.value?.steps ?? 0, last?.steps ?? 0))} />
        <Figure name="Steps per second" value={last === undefined ? "–" : shortNumber(last.stepsPerSecond)} />
      </dl>
      <section>
        <h2>{taught ? "Predicted reward" : "True return"}</h2>
        <Curve />
      </section>
    </main>
  );
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
