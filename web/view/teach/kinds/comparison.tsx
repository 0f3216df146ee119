// The pair to compare and the answers to it.
import type { Choice } from "../../../../src/feedback/judgement.ts";
import { ClipCanvas } from "../../clip-canvas.tsx";
import { ActionButton } from "../../keys/action-button.tsx";
import { type Handler, perform, useActions } from "../../keys/dispatch.ts";
import { pairPlayback } from "../../page.ts";
import { answer, answerable, question, shown, turned } from "../answering.ts";
import { swipes } from "../swipe.ts";
import { Timeline } from "../timeline.tsx";

const OTHER = { left: "right", right: "left" } as const;
const TOLD: Readonly<Record<Choice, string>> = {
  left: "You preferred the left one",
  right: "You preferred the right one",
  equal: "You found them equally good",
  "cannot-tell": "You could not tell",
};

/** What the person says of the sides of the screen; the query's own sides may be the other way round. */
function say(choice: Choice, strength?: "slightly" | "clearly"): Handler {
  return (at) => {
    const own = (choice === "left" || choice === "right") && turned() ? OTHER[choice] : choice;
    const told = `${TOLD[choice]}${strength === undefined ? "" : `, ${strength}`}.`;
    const given = { kind: "comparison", choice: own } as const;
    answer(strength === undefined ? given : { ...given, strength }, told, at);
  };
}

const ACTIONS = {
  left: say("left"),
  right: say("right"),
  "left-clearly": say("left", "clearly"),
  "left-slightly": say("left", "slightly"),
  "right-slightly": say("right", "slightly"),
  "right-clearly": say("right", "clearly"),
  equal: say("equal"),
  "cannot-tell": say("cannot-tell"),
};

const SWIPES = swipes((direction, at) => {
  perform(direction === "up" ? "cannot-tell" : direction === "down" ? "equal" : direction, at);
});

export function Comparison() {
  useActions(ACTIONS);
  const disabled = !answerable.value;
  return (
    <>
      <div class="pair board" data-empty={question.value === undefined} data-shown={shown.value?.query} {...SWIPES}>
        <ActionButton action="left" class="clip" disabled={disabled}>
          <ClipCanvas playback={pairPlayback} index={0} />
        </ActionButton>
        <ActionButton action="right" class="clip" disabled={disabled}>
          <ClipCanvas playback={pairPlayback} index={1} />
        </ActionButton>
      </div>
      <Timeline />
      <div class="answers strengths">
        <ActionButton action="left-clearly" disabled={disabled} />
        <ActionButton action="left-slightly" disabled={disabled} />
        <ActionButton action="equal" disabled={disabled} />
        <ActionButton action="cannot-tell" disabled={disabled} />
        <ActionButton action="right-slightly" disabled={disabled} />
        <ActionButton action="right-clearly" disabled={disabled} />
      </div>
    </>
  );
}
