// Three to six clips, put in order: named from best to worst by number, dragged, or moved by key.
import { computed, effect, signal } from "@preact/signals";
import { ClipCanvas } from "../../clip-canvas.tsx";
import { ActionButton, Hint } from "../../keys/action-button.tsx";
import { useActions } from "../../keys/dispatch.ts";
import type { Action } from "../../keys/keymap.ts";
import { pairPlayback } from "../../page.ts";
import { announce } from "../../shell/announcer.tsx";
import { answer, answerable, question, shown, skip } from "../answering.ts";
import { isRanked, moveTo, type Order, placeNext, unranked } from "../order.ts";
import { dragging } from "../drag.ts";
import { Timeline } from "../timeline.tsx";

const PLACES = ["place-1", "place-2", "place-3", "place-4", "place-5", "place-6"] as const satisfies readonly Action[];

const order = signal<Order>(unranked(0));
/** The clip that keys move. */
const current = signal(0);
const query = computed(() => question.value?.query);

effect(() => {
  void query.value;
  startOver();
});

function startOver(): void {
  order.value = unranked(question.peek()?.clips.length ?? 0);
  current.value = 0;
}

function place(clip: number): void {
  if (!answerable.peek() || clip >= order.peek().clips.length) return;
  order.value = placeNext(order.peek(), clip);
  current.value = clip;
  tell();
}

function go(by: number): void {
  const { clips } = order.peek();
  const at = clips.indexOf(current.peek());
  current.value = clips[Math.min(clips.length - 1, Math.max(0, at + by))] ?? 0;
}

function move(by: number): void {
  if (!answerable.peek()) return;
  const at = order.peek().clips.indexOf(current.peek());
  order.value = moveTo(order.peek(), current.peek(), at + by);
  tell();
}

const ACTIONS = {
  "place-1": () => place(0),
  "place-2": () => place(1),
  "place-3": () => place(2),
  "place-4": () => place(3),
  "place-5": () => place(4),
  "place-6": () => place(5),
  "card-before": () => go(-1),
  "card-after": () => go(1),
  "card-better": () => move(-1),
  "card-worse": () => move(1),
  "start-over": startOver,
  send: (at: number) => {
    const { clips } = order.peek();
    if (!isRanked(order.peek())) return;
    answer({ kind: "ranking", order: clips }, `You ranked them ${clips.map((clip) => clip + 1).join(", ")}.`, at);
  },
  "cannot-tell": skip,
};

const DRAG = dragging((clip, to) => {
  if (!answerable.peek()) return;
  current.value = clip;
  order.value = moveTo(order.peek(), clip, to);
  tell();
}, place);

function tell(): void {
  announce(
    `Best to worst: ${order
      .peek()
      .clips.map((clip) => `clip ${clip + 1}`)
      .join(", ")}.`,
  );
}

export function Ranking() {
  useActions(ACTIONS);
  const disabled = !answerable.value;
  const { clips, placed } = order.value;
  const empty = question.value === undefined;
  // While nothing is there yet, as many places as there will be at least.
  const cards = empty ? unranked(3).clips : clips;
  return (
    <>
      <ol class="ranking board" data-count={cards.length} data-empty={empty} data-shown={shown.value?.query}>
        {cards.map((clip, index) => (
          <li key={clip} class="clip" data-clip={clip} data-current={clip === current.value && !empty} {...DRAG}>
            <ClipCanvas playback={pairPlayback} index={clip} />
            <span class="place" data-placed={index < placed}>
              {index < placed ? ORDINALS[index] : "–"} <Hint action={PLACES[clip]} />
            </span>
          </li>
        ))}
      </ol>
      <Timeline />
      <div class="answers">
        <ActionButton action="send" class="primary" disabled={disabled || !isRanked(order.value)} />
        <ActionButton action="card-better" disabled={disabled} />
        <ActionButton action="card-worse" disabled={disabled} />
        <ActionButton action="start-over" disabled={disabled || placed === 0} />
        <ActionButton action="cannot-tell" disabled={disabled} label="Skip" />
      </div>
    </>
  );
}

const ORDINALS = ["Best", "2nd", "3rd", "4th", "5th", "6th"] as const;
