import { Value } from "typebox/value";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { come, cookieOf, visitor, type Visitor } from "../../test/people-fixture.ts";
import { RUN, serve, type Serving } from "../../test/server-fixture.ts";
import { ErrorView } from "./api.ts";
import { LIMITS } from "./limits.ts";
import { InvitedView, MembersView } from "./people-api.ts";

let serving: Serving;
beforeEach(async () => {
  serving = await serve({ queries: 20, reach: { host: "127.0.0.1" } });
});
afterEach(async () => {
  expect(serving.faults).toEqual([]);
  await serving[Symbol.asyncDispose]();
});

const left = (id: string, query: number, more: object = {}) => ({
  id,
  query,
  answer: { kind: "comparison", choice: "left" },
  ...more,
});
/** Every route of the API: method, path and the least role that it takes. */
async function routes(owner: Visitor): Promise<{ method: string; path: string }[]> {
  const { paths } = JSON.parse((await owner.ask("GET", "/api/openapi.json")).text) as {
    paths: Record<string, Record<string, unknown>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({
      method: method.toUpperCase(),
      path: path.replace("{run}", serving.run).replaceAll(/\{\w+\}/g, "1"),
    })),
  );
}

test("without a token nothing answers but the page's files and the way in", async () => {
  const owner = await come(serving, "Olga", "owner");
  const nobody = visitor(serving, "", "");
  expect((await nobody.ask("GET", "/")).text).toContain("<title>heed</title>");
  expect((await nobody.ask("GET", "/join")).text).toContain("<title>heed</title>");
  for (const { method, path } of await routes(owner)) {
    if (path === "/api/join") continue;
    const { status, text } = await nobody.ask(method, path, method === "POST" ? {} : undefined);
    expect([path, status]).toEqual([path, 401]);
    expect(Value.Check(ErrorView, JSON.parse(text))).toBe(true);
  }
});

test("roles: viewers look, annotators answer too, owners do everything", async () => {
  const owner = await come(serving, "Olga", "owner");
  const viewer = await come(serving, "Vera", "viewer");
  const annotator = await come(serving, "Ana", "annotator");
  const open = ["/api/join"];
  const answering = [
    ["POST", `${RUN}/queries`],
    ["POST", `${RUN}/judgements`],
    ["DELETE", `${RUN}/judgements/1`],
    ["POST", `${RUN}/judgements/1/revise`],
    ["POST", `${RUN}/leases`],
    ["DELETE", `${RUN}/leases`],
    ["POST", `${RUN}/demonstrations`],
    ["DELETE", `${RUN}/demonstrations/1`],
    ["POST", `${RUN}/corrections`],
  ].map(([method, path]) => `${method} ${path}`);
  const owning = ["GET /api/people"];
  for (const { method, path } of await routes(owner)) {
    const route = `${method} ${path}`;
    if (open.includes(path) || path.endsWith("/events")) continue;
    const body = method === "POST" ? {} : undefined;
    const refused = async (who: Visitor): Promise<boolean> => (await who.ask(method, path, body)).status === 403;
    const answers = answering.includes(route);
    const owns = owning.includes(route) || (method !== "GET" && !answers);
    expect([route, await refused(viewer), await refused(annotator)]).toEqual([route, answers || owns, owns]);
  }
});

test("an owner invites, and the link lets one person in once", async () => {
  const owner = await come(serving, "Olga", "owner");
  const invited = await owner.ask("POST", "/api/people", { name: "Ana", role: "annotator" });
  expect(invited.status).toBe(201);
  const view: unknown = JSON.parse(invited.text);
  Value.Assert(InvitedView, view);
  expect(view.link).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${serving.server.port}/join#token=`));
  const token = view.link.split("#token=")[1];

  const joined = await serving.ask("POST", "/api/join", { body: JSON.stringify({ token }) });
  expect(JSON.parse(joined.text)).toEqual({ name: "Ana", role: "annotator", invited: true });
  const [cookie] = joined.headers["set-cookie"] ?? [];
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Strict/);
  expect(cookie).toMatch(/Path=\//);
  const ana = visitor(serving, "Ana", cookieOf(joined));
  expect(JSON.parse((await ana.ask("GET", "/api/me")).text)).toMatchObject({ name: "Ana", role: "annotator" });
  const bearer = ana.cookie.slice(ana.cookie.indexOf("=") + 1);
  const program = await serving.ask("GET", "/api/me", { headers: { authorization: `Bearer ${bearer}` } });
  expect(JSON.parse(program.text)).toMatchObject({ name: "Ana" });

  const replayed = await serving.ask("POST", "/api/join", { body: JSON.stringify({ token }) });
  expect([replayed.status, replayed.headers["set-cookie"]]).toEqual([401, undefined]);
  expect(replayed.text).toContain("has been used");
  const people: unknown = JSON.parse((await owner.ask("GET", "/api/people")).text);
  Value.Assert(MembersView, people);
  expect(people.people.map(({ name }) => name).sort()).toEqual(["Ana", "Olga"]);
  expect(JSON.stringify(people)).not.toContain(token.split(".")[1]);
});

test("forged, expired and revoked tokens are told so, and let nobody in", async () => {
  const owner = await come(serving, "Olga", "owner");
  const ana = await come(serving, "Ana", "annotator");
  const { member } = await serving.store.invite({ name: "Ana", role: "annotator", expires: null });
  const expired = await serving.store.invite({ name: "Eva", role: "annotator", expires: new Date(1) });
  const name = ana.cookie.split("=")[0];
  const cases: [string, string][] = [
    ["", "none of this server's"],
    ["x", "none of this server's"],
    [`${ana.cookie.slice(name.length + 1, -1)}_`, "none of this server's"],
    [`${member.id}.${"A".repeat(43)}`, "none of this server's"],
    ["x".repeat(3_000), "none of this server's"],
    [expired.token, "none of this server's"],
  ];
  for (const [token, reason] of cases) {
    const { status, text } = await visitor(serving, "", `${name}=${token}`).ask("GET", RUN);
    expect([status, text]).toEqual([401, expect.stringContaining(reason)]);
  }
  const late = await serving.ask("POST", "/api/join", { body: JSON.stringify({ token: expired.token }) });
  expect([late.status, late.text]).toEqual([401, expect.stringContaining("expired")]);

  expect((await owner.ask("DELETE", `/api/people/${member.id}`)).status).toBe(200);
  const after = await ana.ask("GET", RUN);
  expect([after.status, after.text]).toEqual([401, expect.stringContaining("ended this invitation")]);
  const self = (await serving.store.listPeople()).find((person) => person.name === "Olga");
  const locked = await owner.ask("DELETE", `/api/people/${self?.id}`);
  expect([locked.status, locked.text]).toEqual([409, expect.stringContaining("only owner")]);
  expect((await owner.ask("DELETE", "/api/people/nobody")).status).toBe(404);
});

test("an answer is kept under the name of whoever came in, and under no other", async () => {
  const ana = await come(serving, "Ana", "annotator");
  const ben = await come(serving, "Ben", "annotator");
  expect((await ana.ask("POST", `${RUN}/judgements`, left("a", 1))).status).toBe(201);
  expect((await ana.ask("POST", `${RUN}/judgements`, left("b", 2, { annotator: "Ana" }))).status).toBe(201);
  const foreign = await ana.ask("POST", `${RUN}/judgements`, left("c", 3, { annotator: "Ben" }));
  expect([foreign.status, foreign.text]).toEqual([403, expect.stringContaining("you came in as Ana")]);
  // The same id by somebody else is another judgement.
  expect((await ben.ask("POST", `${RUN}/judgements`, left("a", 1))).status).toBe(409);
  const taken = await ben.ask("DELETE", `${RUN}/judgements/a`);
  expect([taken.status, taken.text]).toEqual([403, expect.stringContaining("by somebody else")]);
  expect(JSON.parse((await ben.ask("GET", `${RUN}/judgements/last`)).text)).toEqual({ judgement: null });
  expect((await ana.ask("DELETE", `${RUN}/judgements/b`)).status).toBe(200);
  const { judged } = (await serving.store.resume(serving.run)).start;
  expect(judged.map(({ judgement }) => [judgement.id, judgement.annotator])).toEqual([["a", "Ana"]]);
});

test("invitations are taken only so often from one address, and so are wrong tokens", async () => {
  const tries = async (count: number, ask: () => Promise<{ status: number }>): Promise<number[]> => {
    const statuses: number[] = [];
    for (let i = 0; i < count; i++) statuses.push((await ask()).status);
    return statuses;
  };
  const body = JSON.stringify({ token: "forged" });
  const joins = await tries(LIMITS.invitations + 1, () => serving.ask("POST", "/api/join", { body }));
  expect(joins.slice(0, -1).every((status) => status === 401)).toBe(true);
  expect(joins.at(-1)).toBe(429);
  const forged = visitor(serving, "", `heed-${serving.server.port}=forged`);
  const asked = await tries(LIMITS.strangers + 1, () => forged.ask("GET", RUN));
  expect(asked.filter((status) => status === 429)).toHaveLength(1);
  const { headers, text } = await forged.ask("GET", RUN);
  expect(Number(headers["retry-after"])).toBeGreaterThan(0);
  expect(text).toContain("too many requests");
});

test("who is let in no longer hears no more, wherever it was ended", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  const own = await serve({ reach: { host: "127.0.0.1" } });
  try {
    const ana = await come(own, "Ana", "viewer");
    const response = await fetch(`${own.server.address}${RUN}/events`, { headers: { cookie: ana.cookie } });
    const reader = response.body?.getReader();
    await reader?.read();
    await vi.advanceTimersByTimeAsync(15_000);
    expect((await reader?.read())?.done).toBe(false);
    // By another process, which cannot tell this one.
    const [{ id }] = await own.store.listPeople();
    await own.store.revoke(id);
    await vi.advanceTimersByTimeAsync(15_000);
    for (let last = await reader?.read(); last?.done === false;) last = await reader?.read();
    expect((await ana.ask("GET", `${RUN}/events`)).status).toBe(401);
  } finally {
    vi.useRealTimers();
    await own[Symbol.asyncDispose]();
  }
});

test("of a server for this machine alone, whoever asks is its owner and may say who answers", async () => {
  const own = await serve({ queries: 2 });
  try {
    expect(JSON.parse((await own.ask("GET", "/api/me")).text)).toEqual({
      name: "person",
      role: "owner",
      invited: false,
    });
    const body = JSON.stringify(left("a", 1, { annotator: "Ana" }));
    expect((await own.ask("POST", `${RUN}/judgements`, { body })).status).toBe(201);
    const refused = await own.ask("POST", "/api/people", { body: '{"name":"Ana","role":"viewer"}' });
    expect([refused.status, refused.text]).toEqual([409, expect.stringContaining("needs no invitation")]);
    expect((await own.ask("POST", "/api/join", { body: '{"token":"x"}' })).status).toBe(409);
  } finally {
    await own[Symbol.asyncDispose]();
  }
});
