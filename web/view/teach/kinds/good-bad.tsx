// One clip: good or bad.
import { ActionButton } from "../../keys/action-button.tsx";
import { perform, useActions } from "../../keys/dispatch.ts";
import { answer, answerable } from "../answering.ts";
import { swipes } from "../swipe.ts";
import { Timeline } from "../timeline.tsx";
import { SingleClip } from "./single.tsx";

const ACTIONS = {
  good: (at: number) => answer({ kind: "good-bad", choice: "good" }, "You found it good.", at),
  bad: (at: number) => answer({ kind: "good-bad", choice: "bad" }, "You found it bad.", at),
  "cannot-tell": (at: number) => answer({ kind: "good-bad", choice: "cannot-tell" }, "You could not tell.", at),
};

const SWIPES = swipes((direction, at) => {
  perform(direction === "up" ? "good" : direction === "down" ? "bad" : "cannot-tell", at);
});

export function GoodBad() {
  useActions(ACTIONS);
  const disabled = !answerable.value;
  return (
    <>
      <SingleClip swipe={SWIPES} />
      <Timeline />
      <div class="answers">
        <ActionButton action="good" class="good" disabled={disabled} />
        <ActionButton action="bad" class="bad" disabled={disabled} />
        <ActionButton action="cannot-tell" disabled={disabled} />
      </div>
    </>
  );
}
