// The pair to compare and the answers to it.
import { ActionButton } from "../keys/action-button.tsx";
import { useActions } from "../keys/dispatch.ts";
import { ClipCanvas } from "../clip-canvas.tsx";
import { agentPlayback, pairPlayback, session } from "../page.ts";
import { answer, answerable, shown } from "./answering.ts";

const ACTIONS = {
  left: (at: number) => answer({ kind: "comparison", choice: "left" }, at),
  right: (at: number) => answer({ kind: "comparison", choice: "right" }, at),
  equal: (at: number) => answer({ kind: "comparison", choice: "equal" }, at),
  "cannot-tell": (at: number) => answer({ kind: "comparison", choice: "cannot-tell" }, at),
  "take-back": () => void session.takeBack(),
  replay: () => {
    pairPlayback.replay();
    agentPlayback.replay();
  },
};

export function Compare() {
  useActions(ACTIONS);
  const disabled = !answerable.value;
  const empty = session.pairs.value.length === 0;
  return (
    <section class="compare" aria-labelledby="question">
      <h1 id="question">{session.run.value?.question ?? "Which clip is better?"}</h1>
      <div class="pair" data-empty={empty} data-shown={shown.value?.query}>
        <ActionButton action="left" class="clip" disabled={disabled}>
          <ClipCanvas playback={pairPlayback} index={0} />
        </ActionButton>
        <ActionButton action="right" class="clip" disabled={disabled}>
          <ClipCanvas playback={pairPlayback} index={1} />
        </ActionButton>
      </div>
      <div class="answers">
        <ActionButton action="equal" disabled={disabled} />
        <ActionButton action="cannot-tell" disabled={disabled} />
        <span class="gap" />
        <ActionButton action="replay" class="quiet" />
        <ActionButton action="take-back" class="quiet" />
      </div>
    </section>
  );
}
