import { expect, test, vi } from "vitest";
import type { Answer } from "../feedback/judgement.ts";
import { come, type Visitor } from "../../test/people-fixture.ts";
import { RUN, serve, type Serving } from "../../test/server-fixture.ts";

async function queries(person: Visitor): Promise<number[]> {
  const { queries } = JSON.parse((await person.ask("GET", `${RUN}/queries?limit=1`)).text) as {
    queries: { id: number }[];
  };
  return queries.map(({ id }) => id);
}
async function answer(person: Visitor, query: number, choice: string): Promise<void> {
  const body = { id: `${person.name}-${query}`, query, answer: { kind: "comparison", choice } };
  expect((await person.ask("POST", `${RUN}/judgements`, body)).status).toBe(201);
}
/** Ana and Ben answer in turn until nothing is left. Resolves with who answered what, in order. */
async function answerAll(serving: Serving, choices: Record<string, (query: number) => string>): Promise<string[]> {
  const people = await Promise.all(Object.keys(choices).map((name) => come(serving, name, "annotator")));
  for (const person of people) await queries(person);
  const given: string[] = [];
  for (let idle = 0; idle < people.length;) {
    for (const person of people) {
      const [query] = await queries(person);
      idle = query === undefined ? idle + 1 : 0;
      if (query === undefined) continue;
      await answer(person, query, choices[person.name](query));
      given.push(`${person.name}-${query}`);
    }
  }
  return given;
}

test("the wanted share is asked of two people, once each, and no one answers the same twice", async () => {
  const serving = await serve({ queries: 24, reach: { host: "127.0.0.1" }, twice: 0.25 });
  try {
    const given = await answerAll(serving, { Ana: () => "left", Ben: () => "right" });
    expect(new Set(given).size).toBe(given.length);
    const times = new Map<string, number>();
    for (const id of given.map((text) => text.split("-")[1])) times.set(id, (times.get(id) ?? 0) + 1);
    expect(times.size).toBe(24);
    const twice = [...times.values()].filter((count) => count === 2).length;
    expect(twice).toBeGreaterThanOrEqual(4);
    expect(twice).toBeLessThanOrEqual(8);
    expect(Math.max(...times.values())).toBe(2);
    expect((await serving.store.findRun(serving.run)).status.labels).toBe(given.length);
  } finally {
    await serving[Symbol.asyncDispose]();
  }
});

test("who is alone is asked everything once, whatever the share", async () => {
  const serving = await serve({ queries: 10, reach: { host: "127.0.0.1" }, twice: 1 });
  try {
    expect(await answerAll(serving, { Ana: () => "left" })).toHaveLength(10);
    expect(await serving.store.queue(serving.run, "Ben")).toEqual([]);
  } finally {
    await serving[Symbol.asyncDispose]();
  }
});

test("training is told whom to rely on less, and not the same again", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const serving = await serve({ queries: 31, reach: { host: "127.0.0.1" } });
  try {
    const { store, run, live } = serving;
    const judge = (query: number, annotator: string): Promise<unknown> => {
      const choice = (query % 3 === 0) === (annotator !== "Mirror") ? "left" : "right";
      const id = `${annotator}-${query}`;
      const answer: Answer = { kind: "comparison", choice };
      return store.judge(run, { id, query, answer, annotator, decisionMilliseconds: null });
    };
    for (let query = 1; query <= 30; query++) for (const name of ["Ana", "Ben", "Mirror"]) await judge(query, name);
    const cleo = await come(serving, "Cleo", "annotator");
    await answer(cleo, 1, "right");
    await vi.advanceTimersByTimeAsync(10_000);
    const weighed = (): string[] => live.heard.filter((line) => line.startsWith("weighed"));
    await vi.waitFor(() => expect(weighed()).toEqual([expect.stringMatching(/^weighed Mirror 0\.[0-3]\d$/)]));
    await answer(cleo, 31, "left");
    await vi.advanceTimersByTimeAsync(20_000);
    expect(weighed()).toHaveLength(1);
  } finally {
    await serving[Symbol.asyncDispose]();
    vi.useRealTimers();
  }
});
