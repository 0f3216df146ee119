// Who else may come in: where other machines reach the server, and the first owner's link.
import { LOOPBACK } from "../server/port.ts";
import type { Reach } from "../server/reach.ts";
import { invitationLink } from "../server/routes/people.ts";
import type { Store } from "../store/store.ts";
import { UsageError } from "./errors.ts";

/** What the first owner is called until they invite themselves by a name of their own. */
const FIRST_OWNER = "owner";
const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };
const LONGEST = 3_650 * 86_400_000;

/**
 * Where the server listens, or undefined where only this machine is to reach it.
 * @throws UsageError for an origin that is none
 */
export function reachOf(host: string | undefined, origin: string | undefined): Reach | undefined {
  if (host === undefined && origin === undefined) return undefined;
  if (origin !== undefined && !isOrigin(origin)) {
    throw new UsageError(
      `--origin: expected where the page is reached, such as https://teach.example.org, but got "${origin}".`,
    );
  }
  if (host !== undefined && !/^[\w.:-]+$/.test(host)) {
    throw new UsageError(`--host: expected an address of this machine, such as 0.0.0.0 for all, but got "${host}".`);
  }
  return { host: host ?? LOOPBACK, origin };
}

function isOrigin(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) return false;
  return url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
}

/** A link for the first owner, for as long as no owner has come in; null once one has. */
export async function firstOwnerLink(store: Store, address: string): Promise<string | null> {
  const people = await store.listPeople();
  const owned = people.some(({ role, joined, revoked }) => role === "owner" && joined !== null && revoked === null);
  if (owned) return null;
  const { token } = await store.invite({ name: FIRST_OWNER, role: "owner", expires: null });
  return invitationLink(address, token);
}

/**
 * When access ends that lasts so long from now: `45m`, `12h`, `7d`; null for `never`.
 * @throws UsageError for anything else
 */
export function expiryOf(text: string, now: Date = new Date()): Date | null {
  if (text === "never") return null;
  const [, count = "", unit = ""] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const length = Number(count) * (UNITS[unit] ?? 0);
  if (length > 0 && length <= LONGEST) return new Date(now.getTime() + length);
  throw new UsageError(
    `--expires: expected a time such as 45m, 12h or 7d, at most 3650d, or never, but got "${text}".`,
  );
}
