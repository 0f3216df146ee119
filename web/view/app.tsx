// The whole page.
import { ActionButton } from "./action-button.tsx";
import { Compare } from "./compare.tsx";
import { Figures } from "./figures.tsx";
import { Help } from "./help.tsx";
import { notice, saying, session, status, watching } from "./page.ts";
import { Watch } from "./watch.tsx";
import { PHASES } from "./words.ts";

export function App() {
  const run = session.run.value;
  const phase = status.value?.phase;
  const { tone, text } = saying.value;
  return (
    <>
      <header>
        <span class="brand">heed</span>
        <span class="phase" data-phase={phase}>
          {phase === undefined ? "Connecting" : PHASES[phase]}
        </span>
        <span class="run">{run === null ? "" : run.name}</span>
        <ActionButton action="help" class="quiet" />
      </header>
      <main>
        {watching.value === true ? <Watch /> : <Compare />}
        <div class="saying" data-tone={tone}>
          <p role="status" class="situation">
            {text}
          </p>
          <p role="status" class="notice">
            {notice.value}
          </p>
        </div>
      </main>
      <Figures />
      <Help />
    </>
  );
}
