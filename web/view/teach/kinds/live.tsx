// The agent acts, and the person says good and bad while it does.
import { computed, effect, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { MOST_PRESSES, type Press } from "../../../../src/feedback/judgement.ts";
import { ActionButton } from "../../keys/action-button.tsx";
import { perform, useActions } from "../../keys/dispatch.ts";
import { pairPlayback } from "../../page.ts";
import { answer, answerable, question, skip } from "../answering.ts";
import { Marks } from "../marks.tsx";
import { CLIP_ACTIONS } from "../playing.ts";
import { swipes } from "../swipe.ts";
import { Timeline } from "../timeline.tsx";
import { SingleClip } from "./single.tsx";

/** Milliseconds after the clip's end in which a press still counts. */
const AFTER_END = 700;

const presses = signal<readonly Press[]>([]);
const over = signal(false);
const query = computed(() => question.value?.query);

effect(() => {
  void query.value;
  presses.value = [];
  over.value = false;
});

function press(good: boolean): void {
  if (!answerable.peek() || presses.peek().length >= MOST_PRESSES) return;
  presses.value = [...presses.peek(), { at: pairPlayback.position, good }];
}

function send(at: number): void {
  const given = presses.peek();
  if (given.length === 0) return;
  const good = given.filter(({ good }) => good).length;
  answer({ kind: "live", presses: given }, `You said good ${times(good)} and bad ${times(given.length - good)}.`, at);
}

function times(count: number): string {
  return count === 1 ? "once" : count === 2 ? "twice" : `${count} times`;
}

const ACTIONS = {
  "live-good": () => press(true),
  "live-bad": () => press(false),
  send,
  "cannot-tell": skip,
  replay: () => {
    presses.value = [];
    over.value = false;
    CLIP_ACTIONS.replay();
  },
};

const SWIPES = swipes((direction, at) => {
  if (direction === "up" || direction === "down") perform(direction === "up" ? "live-good" : "live-bad", at);
});

/** Sends what was pressed once the clip is over and no more is pressed. */
function sendAtEnd(): () => void {
  const leave = pairPlayback.follow(({ ended }) => (over.value = ended));
  const stop = effect(() => {
    if (!over.value || presses.value.length === 0) return undefined;
    const timer = setTimeout(() => send(performance.now()), AFTER_END);
    return () => clearTimeout(timer);
  });
  return () => {
    leave();
    stop();
  };
}

export function Live() {
  useActions(ACTIONS);
  useEffect(sendAtEnd, []);
  const disabled = !answerable.value;
  const unmarked = over.value && presses.value.length === 0;
  return (
    <>
      <SingleClip swipe={SWIPES}>
        {unmarked && <p class="over">You pressed nothing. Watch it again, or skip it.</p>}
      </SingleClip>
      <Timeline>
        <Marks seconds={pairPlayback.seconds} presses={presses.value} />
      </Timeline>
      <div class="answers">
        <ActionButton action="live-good" class="good" disabled={disabled} />
        <ActionButton action="live-bad" class="bad" disabled={disabled} />
        <ActionButton action="send" disabled={disabled || presses.value.length === 0} label="Send now" />
        <ActionButton action="cannot-tell" disabled={disabled} label="Skip" />
      </div>
    </>
  );
}
