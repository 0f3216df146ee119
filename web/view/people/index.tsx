// Who answers in this run.
import { session, status } from "../page.ts";

export function People() {
  const answers = status.value?.labels ?? 0;
  return (
    <main class="tab people" aria-labelledby="people">
      <h1 id="people">People</h1>
      <p>
        {session.run.value?.answerTo ?? `You answer in this run. So far ${answers.toLocaleString("en")} answers count.`}
      </p>
    </main>
  );
}
