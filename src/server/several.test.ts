import { Value } from "typebox/value";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { come, type Visitor } from "../../test/people-fixture.ts";
import { RUN, serve, type Serving } from "../../test/server-fixture.ts";
import { QueriesView } from "./api.ts";
import { CrowdView } from "./people-api.ts";

let serving: Serving;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  serving = await serve({ queries: 12, reach: { host: "127.0.0.1" }, twice: 0 });
});
afterEach(async () => {
  vi.useRealTimers();
  expect(serving.faults).toEqual([]);
  await serving[Symbol.asyncDispose]();
});

async function queries(person: Visitor, limit = 2): Promise<number[]> {
  const { status, text } = await person.ask("GET", `${RUN}/queries?limit=${limit}`);
  expect([status, status === 200 ? "" : text]).toEqual([200, ""]);
  const view: unknown = JSON.parse(text);
  Value.Assert(QueriesView, view);
  return view.queries.map(({ id }) => id);
}
async function answer(
  person: Visitor,
  query: number,
  choice = "left",
  id = `${person.name}-${query}`,
): Promise<number> {
  const body = { id, query, answer: { kind: "comparison", choice } };
  return (await person.ask("POST", `${RUN}/judgements`, body)).status;
}
const standing = async (): Promise<string[]> =>
  (await serving.store.resume(serving.run)).start.judged.map(({ judgement }) => judgement.id);

test("people get different queries, and each their own again", async () => {
  const ana = await come(serving, "Ana", "annotator");
  const ben = await come(serving, "Ben", "annotator");
  const viewer = await come(serving, "Vera", "viewer");
  expect(await queries(ana)).toEqual([1, 2]);
  expect(await queries(ben)).toEqual([3, 4]);
  expect(await queries(viewer)).toEqual([1, 2]);
  expect(await queries(ana)).toEqual([1, 2]);
  expect(await answer(ana, 1)).toBe(201);
  expect(await queries(ana)).toEqual([2, 5]);
  // All at once: nobody gets what another has.
  const people = [ana, ben, await come(serving, "Cleo", "annotator")];
  const given = await Promise.all(people.flatMap((person) => [queries(person, 3), queries(person, 3)]));
  const ownOf = new Map<number, number>();
  for (const [index, ids] of given.entries()) {
    for (const id of ids) {
      expect(ownOf.get(id) ?? index >> 1).toBe(index >> 1);
      ownOf.set(id, index >> 1);
    }
  }
});

test("a viewer is told why they are asked nothing", async () => {
  const viewOf = async (person: Visitor): Promise<unknown> => JSON.parse((await person.ask("GET", RUN)).text);
  expect(await viewOf(await come(serving, "Ana", "annotator"))).toMatchObject({ answerTo: null });
  expect(await viewOf(await come(serving, "Vera", "viewer"))).toMatchObject({
    answerTo: expect.stringContaining("for looking"),
  });
});

test("a query is free again when its person leaves or is gone for a minute, and not while they look at it", async () => {
  const ana = await come(serving, "Ana", "annotator");
  const ben = await come(serving, "Ben", "annotator");
  await queries(ana);
  vi.advanceTimersByTime(50_000);
  expect((await ana.ask("POST", `${RUN}/leases`)).text).toBe('{"held":2}');
  vi.advanceTimersByTime(50_000);
  expect(await queries(ben)).toEqual([3, 4]);
  vi.advanceTimersByTime(10_001);
  expect(await queries(ben, 3)).toEqual([1, 3, 4]);
  expect((await ben.ask("DELETE", `${RUN}/leases`)).status).toBe(200);
  expect(await queries(ana, 3)).toEqual([1, 2, 3]);
});

test("an answer after the lease counts, as a second opinion where somebody else answered", async () => {
  const ana = await come(serving, "Ana", "annotator");
  const ben = await come(serving, "Ben", "annotator");
  expect(await queries(ana)).toEqual([1, 2]);
  vi.advanceTimersByTime(60_001);
  expect(await queries(ben)).toEqual([1, 2]);
  expect(await answer(ben, 1)).toBe(201);
  expect(await answer(ana, 1, "right")).toBe(201);
  expect(await answer(ana, 2)).toBe(201);
  expect(await standing()).toEqual(["Ben-1", "Ana-1", "Ana-2"]);
  // Nobody answers the same twice.
  expect(await answer(ana, 1, "left", "again")).toBe(409);
  expect(await answer(ana, 1, "right")).toBe(200);
  // One taken back leaves the other, and the query stays answered.
  expect((await ana.ask("DELETE", `${RUN}/judgements/Ana-1`)).status).toBe(200);
  expect(await standing()).toEqual(["Ben-1", "Ana-2"]);
  expect(await queries(ben, 20)).not.toContain(1);
  expect(await answer(ana, 1, "left", "anew")).toBe(201);
  const { labels } = (await serving.store.findRun(serving.run)).status;
  expect(labels).toBe(3);
});

test("what was taken back comes back to whom it was taken back by", async () => {
  const ana = await come(serving, "Ana", "annotator");
  const ben = await come(serving, "Ben", "annotator");
  await queries(ana, 1);
  await answer(ana, 1);
  expect((await ana.ask("DELETE", `${RUN}/judgements/Ana-1`)).status).toBe(200);
  expect(await queries(ben, 1)).toEqual([2]);
  expect(await queries(ana, 1)).toEqual([1]);
});

test("a withdrawn query takes no answer, with the reason", async () => {
  const ana = await come(serving, "Ana", "annotator");
  await queries(ana);
  await serving.store.withdraw(serving.run, 1);
  expect(await queries(ana)).toEqual([2, 3]);
  expect(await answer(ana, 1)).toBe(409);
});

test("how people do: agreement in total and of each, and owners see everybody", async () => {
  const owner = await come(serving, "Olga", "owner");
  const people = [await come(serving, "Ana", "annotator"), await come(serving, "Ben", "annotator")];
  for (let query = 1; query <= 10; query++) {
    for (const person of people) await answer(person, query, query % 2 === 0 ? "left" : "right");
    await answer(owner, query, query % 2 === 1 ? "left" : "right");
  }
  const view: unknown = JSON.parse((await owner.ask("GET", `${RUN}/people`)).text);
  Value.Assert(CrowdView, view);
  expect(view.paired).toBe(30);
  expect(view.alpha).toBeLessThan(0);
  const [ana, ben, olga] = ["Ana", "Ben", "Olga"].map((name) => view.people.find((person) => person.name === name));
  expect(ana).toMatchObject({ answers: 10, paired: 10 });
  expect(ana?.alpha).toBeCloseTo(ben?.alpha ?? Number.NaN);
  expect(olga?.alpha).toBeLessThan(-0.5);
  expect(olga?.weight).toBeLessThan(ana?.weight ?? 0);
  const own: unknown = JSON.parse((await people[0].ask("GET", `${RUN}/people`)).text);
  Value.Assert(CrowdView, own);
  expect(own.people.map(({ name }) => name)).toEqual(["Ana"]);
  expect(own.alpha).toBe(view.alpha);
});
