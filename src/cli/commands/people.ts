import { openData, openExistingData } from "../../host/data.ts";
import { UsageError } from "../../host/errors.ts";
import { expiryOf } from "../../host/invitations.ts";
import { invitationLink } from "../../server/routes/people.ts";
import type { Member } from "../../store/people.ts";
import { ROLES, type Role } from "../../store/roles.ts";
import type { Store } from "../../store/store.ts";
import type { Output } from "../output.ts";
import { table, timeText } from "../run-view.ts";

export interface InviteFlags {
  readonly name: string;
  readonly role: string;
  readonly expires: string;
  readonly data?: string;
}

/** Lists who was invited to the data directory, newest first. */
export async function people(output: Output, data: string | undefined): Promise<number> {
  const store = await openExistingData(data);
  try {
    const found = await store.listPeople();
    if (output.json) {
      for (const person of found) output.result({ event: "person", ...person });
      return 0;
    }
    if (found.length === 0) {
      output.say('Nobody was invited yet. "heed people invite --name Ana" makes a link for somebody.');
      return 0;
    }
    const rows = found.map((person) => [person.name, person.role, standing(person), timeText(person.created)]);
    output.result({}, table([["NAME", "ROLE", "ACCESS", "INVITED"], ...rows]));
    return 0;
  } finally {
    await store.close();
  }
}

/** Makes a link by which somebody comes in, and prints it, this once. */
export async function invite(output: Output, { name, role, expires, data }: InviteFlags): Promise<number> {
  if (!isRole(role)) throw new UsageError(`--role: expected ${ROLES.join(", ")}, but got "${role}".`);
  const until = expiryOf(expires);
  const store = await openData(data);
  try {
    const { member, token } = await store.invite({ name, role, expires: until });
    const address = await store.publicAddress();
    const link = invitationLink(address ?? "", token);
    output.result({ event: "invited", ...member, link }, link);
    if (address === null) {
      output.say('Put the address before it under which "heed serve --host" will be reached.');
    }
    output.say(`It lets one person in, as ${name} (${role}). Send it to nobody else; it is not shown again.`);
    return 0;
  } finally {
    await store.close();
  }
}

/** Lets somebody in no longer. Their answers stay. */
export async function revoke(output: Output, name: string, data: string | undefined): Promise<number> {
  const store = await openExistingData(data);
  try {
    const member = await findByName(store, name);
    await store.revoke(member.id);
    output.result({ event: "revoked", id: member.id, name }, `${name} is let in no longer. Their answers stay.`);
    return 0;
  } finally {
    await store.close();
  }
}

async function findByName(store: Store, name: string): Promise<Member> {
  const known = (await store.listPeople()).filter(({ revoked }) => revoked === null);
  const found = known.find((person) => person.name === name);
  if (found !== undefined) return found;
  const names = known.map((person) => person.name).join(", ");
  throw new UsageError(`Nobody named "${name}" is let in. ${names === "" ? "Nobody is." : `These are: ${names}.`}`);
}

function standing({ joined, expires, revoked }: Member): string {
  if (revoked !== null) return "revoked";
  if (expires !== null && expires.getTime() <= Date.now()) return "expired";
  const until = expires === null ? "" : ` until ${timeText(expires)}`;
  return `${joined === null ? "invited" : "in"}${until}`;
}

function isRole(role: string): role is Role {
  return ROLES.some((known) => known === role);
}
