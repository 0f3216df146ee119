// How the person wants to answer: a kind of feedback, which is kept.
import { effect, signal } from "@preact/signals";
import { KINDS, type Kind } from "../../../src/feedback/judgement.ts";
import { browserStorage } from "../../session/outbox.ts";
import { session } from "../page.ts";
import { isAskable } from "./controls.tsx";

const KEPT = "heed.kind";

export const chosen = signal<Kind>(keptKind());

/** A clip that is taken over: a segment, and simulated seconds from its start. Null while none is. */
export const takenOver = signal<{ readonly segment: number; readonly at: number } | null>(null);

export function choose(kind: Kind): void {
  takenOver.value = null;
  chosen.value = kind;
  try {
    browserStorage()?.setItem(KEPT, kind);
  } catch {
    // Storage is full or forbidden: the choice holds for as long as the page lives.
  }
}

effect(() => {
  const kind = chosen.value;
  // Corrections begin with a clip that is looked at and can be judged as well; demonstrations need none.
  if (isAskable(kind)) session.queue.choose(kind);
  else if (kind === "correction") session.queue.choose("good-bad");
});

function keptKind(): Kind {
  const kept = browserStorage()?.getItem(KEPT);
  return KINDS.find((kind) => kind === kept) ?? "comparison";
}
