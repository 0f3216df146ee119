// What the reward model and the agent have made of the answers.
import { useEffect } from "preact/hooks";
import { metrics, session, status } from "../page.ts";
import { followHistory } from "../watch/history.ts";
import { shortNumber } from "../words.ts";
import { Answers } from "./answers.tsx";
import { Curves } from "./curves.tsx";
import { ScoredClips } from "./scored-clips.tsx";
import "./understand.css";

export function Understand() {
  useEffect(followHistory, []);
  const last = metrics.value.at(-1);
  const taught = session.run.value?.teacher !== "none";
  const accuracy = last?.rewardAccuracy ?? null;
  return (
    <main class="tab understand" aria-labelledby="understanding">
      <h1 id="understanding">How the learning goes</h1>
      <dl class="headline">
        {taught && <Figure name="Answers" value={(status.value?.labels ?? 0).toLocaleString("en")} />}
        {taught && (
          <Figure name="Reward model accuracy" value={accuracy === null ? "–" : `${Math.round(100 * accuracy)} %`} />
        )}
        <Figure name="Steps" value={shortNumber(Math.max(status.value?.steps ?? 0, last?.steps ?? 0))} />
        <Figure name="Steps per second" value={last === undefined ? "–" : shortNumber(last.stepsPerSecond)} />
      </dl>
      <Curves />
      {taught && <ScoredClips />}
      {taught && <Answers />}
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
