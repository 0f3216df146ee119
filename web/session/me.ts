// Who uses this page: whoever came in by invitation, or whoever says who they are where everybody may.
import { signal } from "@preact/signals";
import type { MeView } from "../../src/server/people-api.ts";
import { browserStorage } from "./outbox.ts";
import { Refusal, request } from "./request.ts";

/** Null until the server has said. */
export const me = signal<MeView | null>(null);

const NAME_KEY = "heed.name";
/** What a server calls whoever sits at its machine and has not said who they are. */
const UNNAMED = "person";

/** The name that a person typed on this machine, or null where they never did. */
export function typedName(): string | null {
  return browserStorage()?.getItem(NAME_KEY) ?? null;
}

/** Keeps the name under which answers given on this page are kept; an empty one is none. */
export function typeName(name: string): string {
  const storage = browserStorage();
  const kept = name.trim().slice(0, 64);
  try {
    if (kept === "") storage?.removeItem(NAME_KEY);
    else storage?.setItem(NAME_KEY, kept);
  } catch {
    // Storage is full or forbidden: the name holds for as long as the page is open.
  }
  return kept === "" ? UNNAMED : kept;
}

/** Why nobody is let in, and what to do about it. */
export interface ShutOut {
  readonly message: string;
  readonly hint: string | null;
}

/**
 * Asks who this is. Gives back why they are shut out, or null where they are not, or nobody can say now. `named` gets
 * the name that their answers are kept under.
 */
export async function identify(named: (name: string) => void): Promise<ShutOut | null> {
  try {
    const answer = await request<MeView>("GET", "/me");
    me.value = answer;
    named(answer.invited ? answer.name : (typedName() ?? answer.name));
    return null;
  } catch (error) {
    return error instanceof Refusal && error.status === 401 ? { message: error.message, hint: error.hint } : null;
  }
}

/** Adds who answers to an address, where it is anybody in particular. */
export function withAnnotator(path: string, person: string): string {
  if (person === UNNAMED) return path;
  return `${path}${path.includes("?") ? "&" : "?"}annotator=${encodeURIComponent(person)}`;
}

/** Who answers, as a part of what is sent; nothing where it is nobody in particular. */
export function annotatorPart(person: string): { readonly annotator?: string } {
  return person === UNNAMED ? {} : { annotator: person };
}
