import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { temporaryDirectory } from "../../test/store-fixture.ts";
import { openStore } from "./open.ts";
import type { Store } from "./store.ts";

let directory: ReturnType<typeof temporaryDirectory>;
let store: Store;
beforeEach(async () => {
  directory = temporaryDirectory();
  store = await openStore(directory.path, "0.1.0");
});
afterEach(async () => {
  vi.useRealTimers();
  await store.close();
  directory[Symbol.dispose]();
});

const ana = { name: "Ana", role: "annotator", expires: null } as const;

/** Opens an invitation and comes in with what it gives. */
async function come(invitation: string): Promise<string> {
  const result = await store.join(invitation);
  if (result.outcome !== "joined") throw new Error(result.outcome);
  return result.token;
}

it("lets in who was invited, once per link", async () => {
  const { member, token: invitation } = await store.invite(ana);
  expect(member).toMatchObject({ name: "Ana", role: "annotator", joined: null, revoked: null });
  expect((await store.memberOf(invitation)).outcome).toBe("unknown");
  const token = await come(invitation);
  expect(await store.memberOf(token)).toMatchObject({ outcome: "known", member: { id: member.id, name: "Ana" } });
  expect((await store.join(invitation)).outcome).toBe("used");
  expect((await store.join(token)).outcome).toBe("unknown");
  expect((await store.memberOf(token)).outcome).toBe("known");
});

it("takes a link again as long as nobody has come in with it, and the last to do so counts", async () => {
  const { token: invitation } = await store.invite(ana);
  const lost = await come(invitation);
  const token = await come(invitation);
  expect((await store.memberOf(lost)).outcome).toBe("unknown");
  expect((await store.memberOf(token)).outcome).toBe("known");
});

it("knows forged tokens, damaged ones and those of others apart from its own", async () => {
  const { token: invitation, member } = await store.invite(ana);
  const token = await come(invitation);
  const { token: other } = await store.invite({ ...ana, name: "Ben" });
  const forged = [
    "",
    "a",
    ".",
    member.id,
    `${member.id}.`,
    `${token}a`,
    token.slice(0, -1),
    token.toUpperCase(),
    `${member.id}.${"A".repeat(43)}`,
    `${member.id}.${other.split(".")[1]}`,
    `${other.split(".")[0]}.${token.split(".")[1]}`,
    `' OR 1=1 --.${"A".repeat(43)}`,
    "x".repeat(100_000),
  ];
  for (const text of forged) {
    expect((await store.memberOf(text)).outcome, text.slice(0, 60)).toBe("unknown");
    expect((await store.join(text)).outcome, text.slice(0, 60)).toBe("unknown");
  }
});

it("ends access when it is revoked, and names who had it", async () => {
  const { member, token: invitation } = await store.invite(ana);
  const token = await come(invitation);
  const { token: unopened, member: ben } = await store.invite({ ...ana, name: "Ben" });
  expect(await store.revoke(member.id)).toMatchObject({ name: "Ana", revoked: expect.any(Date) });
  const again = await store.revoke(member.id);
  expect(again?.revoked).toEqual((await store.listPeople()).find(({ id }) => id === member.id)?.revoked);
  await store.revoke(ben.id);
  expect((await store.memberOf(token)).outcome).toBe("revoked");
  expect((await store.join(unopened)).outcome).toBe("revoked");
  expect(await store.revoke("nobody")).toBeNull();
  // The name is free again, and the new Ana is not let in by the old one's token.
  const { token: anew } = await store.invite(ana);
  expect((await store.memberOf(token)).outcome).toBe("revoked");
  expect((await store.memberOf(await come(anew))).outcome).toBe("known");
});

it("ends access when its time has come, and lets the clock be set back", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: 1_000_000 });
  const { token: invitation } = await store.invite({ ...ana, expires: new Date(2_000_000) });
  const { token: unopened } = await store.invite({ ...ana, name: "Ben", expires: new Date(2_000_000) });
  const token = await come(invitation);
  expect((await store.memberOf(token)).outcome).toBe("known");
  vi.setSystemTime(2_000_000);
  expect((await store.memberOf(token)).outcome).toBe("expired");
  expect((await store.join(unopened)).outcome).toBe("expired");
  vi.setSystemTime(1_999_999);
  expect((await store.memberOf(token)).outcome).toBe("known");
});

it("gives a person a new link, and what they had holds until it is opened", async () => {
  const { member, token: first } = await store.invite(ana);
  const before = await come(first);
  await store.memberOf(before);
  const again = await store.invite(ana);
  expect(again.member.id).toBe(member.id);
  expect((await store.memberOf(before)).outcome).toBe("known");
  expect((await store.join(first)).outcome).toBe("unknown");
  // Going on with the old token does not use the new link up.
  const after = await come(again.token);
  expect((await store.memberOf(before)).outcome).toBe("unknown");
  expect((await store.memberOf(after)).outcome).toBe("known");
  expect((await store.join(again.token)).outcome).toBe("used");
  expect(await store.listPeople()).toHaveLength(1);
});

it("keeps names apart and refuses what cannot be one", async () => {
  await store.invite(ana);
  await expect(store.invite({ ...ana, role: "owner" })).rejects.toThrow('"Ana" already, with the role annotator');
  for (const name of ["", " Ana", "a\nb", "\ud800", "x".repeat(65)]) {
    await expect(store.invite({ ...ana, name }), JSON.stringify(name)).rejects.toThrow("cannot be a person's name");
  }
});

it("keeps no token on disk, and knows everybody after a restart", async () => {
  const { token: invitation } = await store.invite(ana);
  const token = await come(invitation);
  await store.memberOf(token);
  await store.close();
  const bytes = readFileSync(join(directory.path, "heed.sqlite"), "latin1");
  for (const secret of [invitation, token].map((text) => text.split(".")[1])) expect(bytes).not.toContain(secret);
  store = await openStore(directory.path, "0.1.0");
  expect((await store.memberOf(token)).outcome).toBe("known");
  expect((await store.join(invitation)).outcome).toBe("used");
});
