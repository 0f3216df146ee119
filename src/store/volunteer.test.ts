import { afterEach, beforeEach, expect, test } from "vitest";
import { comparison, judgement, newRun, segment, temporaryDirectory } from "../../test/store-fixture.ts";
import { FIRST_VOLUNTEERED, type Answer, type Kind, type Question } from "../feedback/judgement.ts";
import { openStore } from "./open.ts";
import type { Contribution, Store } from "./store.ts";

let directory: ReturnType<typeof temporaryDirectory>;
let store: Store;
let run: string;
beforeEach(async () => {
  directory = temporaryDirectory();
  store = await openStore(directory.path, "0.1.0");
  ({ id: run } = await store.createRun(newRun()));
  await store.claim(run);
});
afterEach(async () => {
  await store.close();
  directory[Symbol.dispose]();
});

const shown = (id: string): Contribution => {
  const { query: _query, ...rest } = judgement(id, 0, { answer: { kind: "demonstration" } });
  return { kind: "demonstration", atStep: 50, segments: [segment(1), segment(2)], judgement: rest };
};

test("what a person brings is kept with its answer, asks nobody anything, and is no label", async () => {
  await store.ask(run, comparison(1));
  const result = await store.volunteer(run, [shown("a"), shown("b")]);
  if (result.outcome !== "stored") throw new Error(`It was not stored: ${result.outcome}.`);
  expect(result.kept.map(({ query }) => query)).toEqual([
    {
      id: FIRST_VOLUNTEERED,
      kind: "demonstration",
      segments: [FIRST_VOLUNTEERED, FIRST_VOLUNTEERED + 1],
      selection: "volunteered",
      atStep: 50,
    },
    {
      id: FIRST_VOLUNTEERED + 1,
      kind: "demonstration",
      segments: [FIRST_VOLUNTEERED + 2, FIRST_VOLUNTEERED + 3],
      selection: "volunteered",
      atStep: 50,
    },
  ]);
  expect((await store.findRun(run)).status.labels).toBe(0);
  expect(await store.countOpenQueries(run)).toBe(1);
  const { start } = await store.resume(run);
  expect(start.judged).toEqual(result.kept);
  // What training counts goes on where it was.
  expect([start.lastQuery, start.lastSegment]).toEqual([1, 2]);
});

test("sending it again changes nothing, and an id that is taken keeps all of it out", async () => {
  await store.volunteer(run, [shown("a"), shown("b")]);
  expect(await store.volunteer(run, [shown("a"), shown("b")])).toEqual({ outcome: "known" });
  expect(await store.volunteer(run, [shown("c"), shown("b")])).toMatchObject({
    outcome: "conflict",
    reason: expect.stringContaining("id b"),
  });
  expect((await store.resume(run)).start.judged).toHaveLength(2);
  expect(await store.volunteer(run, [])).toMatchObject({ outcome: "stored" });
});

test("it can be taken back, and is not asked for again", async () => {
  await store.volunteer(run, [shown("a")]);
  expect(await store.takeBack(run, "a")).toMatchObject({ outcome: "taken-back", again: false, labels: 0 });
  expect(await store.takeBack(run, "a")).toMatchObject({ outcome: "taken-back", again: true, labels: 0 });
  expect(await store.countOpenQueries(run)).toBe(0);
  expect((await store.resume(run)).start.judged).toEqual([]);
});

/** A query of this kind about segments of its own. */
function asking(id: number, kind: Kind, count: number): Question {
  const segments = Array.from({ length: count }, (_, i) => segment(100 * id + i));
  const ids = segments.map((own) => own.id);
  return { query: { id, kind, segments: ids, selection: "random", atStep: 5 }, segments };
}

test("queries are listed by kind, and answers of each kind come back as they were", async () => {
  const answers: readonly Answer[] = [
    { kind: "comparison", choice: "left", strength: "clearly" },
    { kind: "good-bad", choice: "cannot-tell" },
    { kind: "rating", stars: 2 },
    { kind: "ranking", order: [1, 2, 0] },
    // Segments of two steps of 0.008 s.
    { kind: "critique", parts: [{ from: 0, to: 0.01, good: false }] },
    { kind: "live", presses: [{ at: 0.02, good: true }] },
    { kind: "stop", at: 0.016 },
  ];
  for (const [i, { kind }] of answers.entries()) {
    await store.ask(run, asking(i + 1, kind, kind === "ranking" ? 3 : 2));
  }
  expect((await store.openQueries(run, 9, "ranking")).map(({ query }) => query.id)).toEqual([4]);
  expect([await store.countOpenQueries(run, "live"), await store.countOpenQueries(run)]).toEqual([1, 7]);
  for (const [i, answer] of answers.entries()) {
    expect(await store.judge(run, judgement(`j${i}`, i + 1, { answer }))).toMatchObject({ outcome: "stored" });
  }
  expect((await store.resume(run)).start.judged.map(({ judgement }) => judgement.answer)).toEqual(answers);
});

test.each<[Kind, Answer, RegExp]>([
  ["rating", { kind: "good-bad", choice: "good" }, /asks for an answer of kind rating, not good-bad/],
  ["ranking", { kind: "ranking", order: [0, 1] }, /does not rank 3 clips/],
  ["critique", { kind: "critique", parts: [{ from: 0, to: 9, good: true }] }, /no stretch of a clip of 0\.05 s/],
  ["live", { kind: "live", presses: [{ at: 1, good: true }] }, /the clip lasts 0\.05 s/],
  ["stop", { kind: "stop", at: 2 }, /after the end of the clip/],
])("an answer that is none to its query of kind %s is refused: %j", async (kind, answer, reason) => {
  await store.ask(run, asking(1, kind, 3));
  const refused = await store.judge(run, judgement("a", 1, { answer }));
  expect(refused).toEqual({ outcome: "invalid", reason: expect.stringMatching(reason) });
  expect(await store.countOpenQueries(run)).toBe(1);
});

test("what was brought is not the last answer to anything", async () => {
  await store.ask(run, comparison(1));
  await store.judge(run, judgement("j1", 1));
  await store.volunteer(run, [shown("a")]);
  expect(await store.lastJudgement(run)).toMatchObject({ id: "j1" });
  await store.takeBack(run, "j1");
  expect(await store.lastJudgement(run)).toBeNull();
});
