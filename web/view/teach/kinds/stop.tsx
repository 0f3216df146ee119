// One clip: the moment to which it should never have come.
import { ActionButton } from "../../keys/action-button.tsx";
import { perform, useActions } from "../../keys/dispatch.ts";
import { pairPlayback } from "../../page.ts";
import { answer, answerable, skip } from "../answering.ts";
import { swipes } from "../swipe.ts";
import { Timeline } from "../timeline.tsx";
import { SingleClip } from "./single.tsx";

const ACTIONS = {
  "stop-here": (at: number) => {
    const moment = pairPlayback.position;
    answer({ kind: "stop", at: moment }, `You stopped it after ${moment.toFixed(1)} seconds.`, at);
  },
  "cannot-tell": skip,
};

const SWIPES = swipes((direction, at) => perform(direction === "down" ? "stop-here" : "cannot-tell", at));

export function Stop() {
  useActions(ACTIONS);
  const disabled = !answerable.value;
  return (
    <>
      <SingleClip swipe={SWIPES} />
      <Timeline />
      <div class="answers">
        <ActionButton action="stop-here" class="bad" disabled={disabled} />
        <ActionButton action="cannot-tell" disabled={disabled} label="Nothing to stop" />
      </div>
    </>
  );
}
