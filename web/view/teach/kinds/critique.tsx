// One clip: which parts of it were good and which were bad, brushed on its timeline or marked by key.
import { computed, effect, signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { CritiquedPart } from "../../../../src/feedback/judgement.ts";
import { ActionButton } from "../../keys/action-button.tsx";
import { useActions } from "../../keys/dispatch.ts";
import { pairPlayback } from "../../page.ts";
import { answer, answerable, question, skip } from "../answering.ts";
import { Marks } from "../marks.tsx";
import { paint } from "../parts.ts";
import { Timeline } from "../timeline.tsx";
import { SingleClip } from "./single.tsx";

const parts = signal<readonly CritiquedPart[]>([]);
/** A part that was begun by key or by hand and is not ended yet. */
const begun = signal<CritiquedPart | null>(null);
const query = computed(() => question.value?.query);

effect(() => {
  void query.value;
  parts.value = [];
  begun.value = null;
});

/** Begins a part here, or ends the one that was begun. */
function mark(good: boolean): void {
  if (!answerable.peek()) return;
  const { position } = pairPlayback;
  const open = begun.peek();
  if (open !== null) end();
  if (open?.good !== good) begun.value = { from: position, to: position, good };
}

function end(): void {
  const open = begun.peek();
  if (open !== null) parts.value = paint(parts.peek(), open);
  begun.value = null;
}

const ACTIONS = {
  "part-good": () => mark(true),
  "part-bad": () => mark(false),
  "part-away": () => {
    if (begun.peek() !== null) begun.value = null;
    else parts.value = parts.peek().slice(0, -1);
  },
  send: (at: number) => {
    end();
    const given = parts.peek();
    if (given.length === 0) return;
    const good = given.filter((part) => part.good).length;
    const told = `You marked ${partsOf(good, "good")} and ${partsOf(given.length - good, "bad")}.`;
    answer({ kind: "critique", parts: given }, told, at);
  },
  "cannot-tell": skip,
};

/** A part that was begun by key grows with the clip, and ends with it. */
function grow(): () => void {
  return pairPlayback.follow(({ position, ended }) => {
    const open = begun.peek();
    if (open === null || brushing !== null) return;
    if (position < open.from) end();
    else {
      begun.value = { ...open, to: position };
      if (ended) end();
    }
  });
}

/** Where a finger or the mouse went down on the timeline, in seconds; null while none is down. */
let brushing: number | null = null;

const BRUSH = {
  onPointerDown(event: PointerEvent & { readonly currentTarget: HTMLElement }): void {
    if (event.button !== 0 || !answerable.peek()) return;
    event.preventDefault();
    event.currentTarget.setPointerCapture(event.pointerId);
    const box = event.currentTarget.getBoundingClientRect();
    brushing = secondsAt(event);
    begun.value = { from: brushing, to: brushing, good: event.clientY < box.top + box.height / 2 };
  },
  onPointerMove(event: PointerEvent & { readonly currentTarget: HTMLElement }): void {
    const open = begun.peek();
    if (brushing === null || open === null) return;
    const here = secondsAt(event);
    begun.value = { ...open, from: Math.min(brushing, here), to: Math.max(brushing, here) };
  },
  onPointerUp(): void {
    if (brushing === null) return;
    brushing = null;
    end();
  },
  onPointerCancel(): void {
    brushing = null;
    begun.value = null;
  },
};

function secondsAt(event: PointerEvent & { readonly currentTarget: HTMLElement }): number {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  return Math.min(1, Math.max(0, (event.clientX - left) / width)) * pairPlayback.seconds;
}

function partsOf(count: number, what: string): string {
  return `${count} ${what} ${count === 1 ? "part" : "parts"}`;
}

export function Critique() {
  useActions(ACTIONS);
  useEffect(grow, []);
  const disabled = !answerable.value;
  const open = begun.value;
  const all = open === null ? parts.value : paint(parts.value, open);
  return (
    <>
      <SingleClip />
      <div class="brush" {...BRUSH} title="Brush the upper half where it was good, the lower half where it was bad.">
        <span>good</span>
        <span>bad</span>
        <Marks seconds={pairPlayback.seconds} parts={all} />
      </div>
      <Timeline />
      <div class="answers">
        <ActionButton action="part-good" class="good" disabled={disabled} pressed={open?.good === true} />
        <ActionButton action="part-bad" class="bad" disabled={disabled} pressed={open?.good === false} />
        <ActionButton action="part-away" disabled={disabled || all.length === 0} />
        <ActionButton action="send" class="primary" disabled={disabled || all.length === 0} />
        <ActionButton action="cannot-tell" disabled={disabled} label="Skip" />
      </div>
    </>
  );
}
