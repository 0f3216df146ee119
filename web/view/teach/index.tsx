// Where people answer; or, where no answers are taken, where they watch.
import { GUIDE } from "../../../src/feedback/guide.ts";
import { ActionButton } from "../keys/action-button.tsx";
import { useActions, useFallbackActions } from "../keys/dispatch.ts";
import { notice, pairPlayback, saying, session, watching } from "../page.ts";
import { AgentNow } from "./agent-now.tsx";
import { answerable, question } from "./answering.ts";
import { Beside } from "./beside.tsx";
import { Chooser } from "./chooser.tsx";
import { chosen, takenOver } from "./choosing.ts";
import { CONTROLS, isAskable } from "./controls.tsx";
import { Driving } from "./driving.tsx";
import { PAUSE_ACTIONS, PauseCover } from "./pausing.tsx";
import { CLIP_ACTIONS, held } from "./playing.ts";
import { paused, work } from "./work.ts";
import "./teach.css";

const ACTIONS = {
  ...PAUSE_ACTIONS,
  "take-back": () => {
    work.takenBack();
    void session.takeBack();
  },
  "take-over": takeOver,
};

/** Takes over the clip on the screen from the moment at which it is. */
function takeOver(): void {
  const asked = question.peek();
  const stepSeconds = session.run.peek()?.stepSeconds;
  if (asked?.clips.length !== 1 || stepSeconds === undefined || !answerable.peek()) return;
  const [segments] = asked.segments;
  const seconds = (asked.steps[0] * stepSeconds) / segments.length;
  const window = Math.min(segments.length - 1, Math.floor(pairPlayback.position / seconds));
  takenOver.value = { segment: segments[window], at: pairPlayback.position - window * seconds };
}

export function Teach() {
  // Whoever pauses the agent pauses its questions, and comes back to them.
  if (watching.value === true && !paused.value) {
    return (
      <main class="tab">
        <AgentNow />
        <Saying />
      </main>
    );
  }
  const driving = chosen.value === "demonstration" || takenOver.value !== null;
  return (
    <div class="teach">
      <main>{driving ? <Driving /> : <Asking />}</main>
      <Beside />
    </div>
  );
}

function Asking() {
  useFallbackActions(CLIP_ACTIONS);
  useActions(ACTIONS);
  const asked = question.value;
  // What was taken back comes again in its own way.
  const kind = asked?.kind ?? session.queue.kind.value;
  const Control = CONTROLS[isAskable(kind) ? kind : "comparison"];
  const own = session.run.value?.question;
  // A clip to correct can be judged as well.
  const doing = kind === "good-bad" && chosen.value === "correction" ? "correction" : kind;
  const single = asked !== undefined && asked.clips.length === 1;
  return (
    <section class="asking" aria-labelledby="question" data-kind={kind}>
      <div class="question">
        <div>
          <h1 id="question">{kind === "comparison" ? (own ?? "Which clip is better?") : GUIDE[doing].doing}</h1>
          {kind !== "comparison" && own !== undefined && <p class="hint">What this run is about: {own}</p>}
        </div>
        <Chooser />
      </div>
      <div class="work">
        <Control key={kind} />
        <PauseCover />
      </div>
      <div class="below">
        <Saying />
        <div class="row">
          {single && (held.value || chosen.value === "correction") && <ActionButton action="take-over" />}
          <ActionButton action="replay" class="quiet" />
          <ActionButton action="pause" class="quiet" />
          <ActionButton action="take-back" class="quiet" />
        </div>
      </div>
    </section>
  );
}

/** What the run waits for, and what happened last. */
function Saying() {
  const { tone, text } = saying.value;
  return (
    <div class="saying" data-tone={tone}>
      <p class="situation">{text}</p>
      <p class="notice">{notice.value}</p>
    </div>
  );
}
