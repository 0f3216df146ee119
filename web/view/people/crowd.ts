// What the tab knows: everybody who answered in the run, and everybody who was invited.
import { signal } from "@preact/signals";
import type { CrowdView, InvitedView, MembersView, MemberView } from "../../../src/server/people-api.ts";
import { Refusal, request } from "../../session/request.ts";
import { me } from "../../session/me.ts";
import { session } from "../page.ts";

/** Milliseconds between two looks. */
const LOOK_EVERY = 5_000;

export const crowd = signal<CrowdView | null>(null);
export const members = signal<readonly MemberView[]>([]);
/** A link that was just made, shown until it is put away. */
export const invited = signal<InvitedView | null>(null);
/** Why the last thing tried was not done. */
export const trouble = signal("");

/** Keeps what is known up to date until the function that it returns is called. */
export function watchPeople(): () => void {
  const look = (): void => void load();
  look();
  const timer = setInterval(look, LOOK_EVERY);
  return () => clearInterval(timer);
}

async function load(): Promise<void> {
  const run = session.run.peek();
  try {
    if (run !== null) crowd.value = await request<CrowdView>("GET", session.path("/people"));
    if (mayInvite()) members.value = (await request<MembersView>("GET", "/people")).people;
  } catch {
    // What was known stays on the screen; the page says by itself that the connection is gone.
  }
}

/** Whether whoever uses the page may let others in. */
export function mayInvite(): boolean {
  return me.value?.invited === true && me.value.role === "owner";
}

export function invite(name: string, role: string, days: number | null): Promise<boolean> {
  return attempt(async () => {
    invited.value = await request<InvitedView>("POST", "/people", { name, role, expiresInDays: days });
  });
}

export function revoke(id: string): Promise<boolean> {
  return attempt(() => request("DELETE", `/people/${encodeURIComponent(id)}`));
}

async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  trouble.value = "";
  try {
    await work();
    await load();
    return true;
  } catch (error) {
    trouble.value =
      error instanceof Refusal
        ? [error.message, error.hint].filter(Boolean).join(" ")
        : "The server cannot be reached now. Try again in a moment.";
    return false;
  }
}
