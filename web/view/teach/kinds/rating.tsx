// One clip: one to five stars.
import { signal } from "@preact/signals";
import type { AnswerOf } from "../../../../src/feedback/judgement.ts";
import { ActionButton, Hint, Named } from "../../keys/action-button.tsx";
import { type Handler, perform, useActions } from "../../keys/dispatch.ts";
import { keymapEntry } from "../../keys/keymap.ts";
import { answer, answerable, skip } from "../answering.ts";
import { swipes } from "../swipe.ts";
import { Timeline } from "../timeline.tsx";
import { SingleClip } from "./single.tsx";

type Stars = AnswerOf<"rating">["stars"];

const STARS = [1, 2, 3, 4, 5] as const satisfies readonly Stars[];

const STAR = (
  <svg viewBox="0 0 24 24" width="22" height="22">
    <path d="M12 2.6l2.9 6 6.5.9-4.7 4.6 1.1 6.5-5.8-3.1-5.8 3.1 1.1-6.5L2.6 9.5l6.5-.9z" />
  </svg>
);

/** Stars that were chosen by steps and not yet sent. */
const chosen = signal<Stars>(3);

function give(stars: Stars, at: number): void {
  answer({ kind: "rating", stars }, stars === 1 ? "You gave one star." : `You gave ${stars} stars.`, at);
  chosen.value = 3;
}

const rate =
  (stars: Stars): Handler =>
  (at) =>
    give(stars, at);

function choose(by: number): void {
  chosen.value = STARS[Math.min(STARS.length - 1, Math.max(0, chosen.peek() - 1 + by))];
}

const ACTIONS = {
  "star-1": rate(1),
  "star-2": rate(2),
  "star-3": rate(3),
  "star-4": rate(4),
  "star-5": rate(5),
  "star-fewer": () => choose(-1),
  "star-more": () => choose(1),
  send: (at: number) => give(chosen.peek(), at),
  "cannot-tell": skip,
};

const SWIPES = swipes((direction, at) => {
  if (direction === "up") perform("send", at);
  else if (direction === "down") perform("cannot-tell", at);
  else perform(direction === "left" ? "star-fewer" : "star-more", at);
});

export function Rating() {
  useActions(ACTIONS);
  const disabled = !answerable.value;
  return (
    <>
      <SingleClip swipe={SWIPES} />
      <Timeline />
      <div class="answers">
        <div class="stars" role="group" aria-label="Stars">
          {STARS.map((stars) => (
            <button
              key={stars}
              type="button"
              data-on={stars <= chosen.value}
              aria-disabled={disabled}
              onMouseDown={(event) => event.preventDefault()}
              onClick={(event) => {
                if (event.detail <= 1) perform(`star-${stars}`, event.timeStamp);
              }}
            >
              <Named name={keymapEntry(`star-${stars}`).explanation} label={STAR} />
              <Hint action={`star-${stars}`} />
            </button>
          ))}
        </div>
        <ActionButton action="send" disabled={disabled} label={`Send ${chosen.value}`} />
        <ActionButton action="cannot-tell" disabled={disabled} label="Skip" />
      </div>
    </>
  );
}
