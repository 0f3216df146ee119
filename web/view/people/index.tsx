// Who answers in this run, how they do, and who else may come in.
import { useEffect } from "preact/hooks";
import { me } from "../../session/me.ts";
import { session } from "../page.ts";
import { CrowdTable } from "./crowd-table.tsx";
import { crowd, mayInvite, trouble, watchPeople } from "./crowd.ts";
import { Invitations } from "./invitations.tsx";
import { OwnName } from "./own-name.tsx";
import { agreementText, alphaText } from "./people-words.ts";
import "./people.css";

export function People() {
  const run = session.run.value;
  useEffect(() => watchPeople(), [run?.id]);
  const known = crowd.value;
  const invited = me.value?.invited === true;
  return (
    <main class="tab people" aria-labelledby="people">
      <h1 id="people">People</h1>
      {trouble.value !== "" && (
        <p role="alert" class="trouble">
          {trouble.value}
        </p>
      )}
      {me.value !== null && (invited ? <p class="hint">You came in as {me.value.name}.</p> : <OwnName />)}
      {known !== null && known.people.length > 0 && (
        <>
          <section class="card agreement" aria-labelledby="agreement">
            <div>
              <h2 id="agreement">Agreement</h2>
              <p class="large">
                {alphaText(known.alpha)} <small>Krippendorff’s α</small>
              </p>
            </div>
            <p>
              {agreementText(known.alpha, known.paired)}{" "}
              <span class="hint">
                1 is full agreement, 0 is chance. From {known.paired.toLocaleString("en")} answers to what two people or
                more answered.
              </span>
            </p>
          </section>
          <CrowdTable people={known.people} />
        </>
      )}
      {known !== null && known.people.length === 0 && (
        <p class="card nothing">Nobody has answered in this run yet. Whoever does is listed here.</p>
      )}
      {mayInvite() && <Invitations />}
      {me.value !== null && !invited && (
        <p class="hint">
          Only this machine reaches this page. <code>heed serve --host 0.0.0.0</code> lets people on other machines in,
          by invitation.
        </p>
      )}
    </main>
  );
}
