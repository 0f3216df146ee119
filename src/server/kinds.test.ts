// Queries and answers of other kinds than comparison, over the wire.
import { Value } from "typebox/value";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RUN, serve, type Serving } from "../../test/server-fixture.ts";
import { segment } from "../../test/store-fixture.ts";
import type { Kind } from "../feedback/judgement.ts";
import * as api from "./api.ts";

let serving: Serving;
beforeEach(async () => {
  serving = await serve({ queries: 2 });
});
afterEach(async () => {
  expect(serving.faults).toEqual([]);
  await serving[Symbol.asyncDispose]();
});

async function ask(id: number, kind: Kind): Promise<void> {
  const segments = [0, 1, 2].map((i) => segment(10 * id + i));
  const ids = segments.map((own) => own.id);
  await serving.store.ask(serving.run, {
    query: { id, kind, segments: ids, selection: "disagreement", atStep: 7 },
    segments,
  });
}

const queries = async (kind: string): Promise<api.QueriesView> => {
  const view: unknown = JSON.parse((await serving.ask("GET", `${RUN}/queries?kind=${kind}`)).text);
  Value.Assert(api.QueriesView, view);
  return view;
};
const answer = (id: string, query: number, given: unknown) =>
  serving.ask("POST", `${RUN}/judgements`, { body: JSON.stringify({ id, query, answer: given }) });

test("a strip is one clip of all its segments, a ranking has a clip of each", async () => {
  await ask(3, "rating");
  await ask(4, "ranking");
  const [rating] = (await queries("rating")).queries;
  expect(rating).toMatchObject({ id: 3, kind: "rating", selection: "disagreement", atStep: 7 });
  expect(rating.clips).toHaveLength(1);
  expect(rating.clips[0]).toMatchObject({ segments: [30, 31, 32], steps: 6, frames: 9, framesPerSecond: 62.5 });
  const poses = Buffer.from(rating.clips[0].poses, "base64");
  expect(poses.readFloatLE(4 * 21)).toBe(segment(31).clip.poses[0]);
  const [ranking] = (await queries("ranking")).queries;
  expect(ranking.clips.map(({ segments, steps }) => [segments, steps])).toEqual([
    [[40], 2],
    [[41], 2],
    [[42], 2],
  ]);
  expect((await queries("live")).queries).toEqual([]);
});

test("answers of each kind are taken, and what does not fit its query is refused in words", async () => {
  await ask(3, "ranking");
  const refused = [
    [await answer("a", 3, { kind: "ranking", order: [0, 0, 1] }), "does not rank 3 clips"],
    [await answer("a", 3, { kind: "rating", stars: 3 }), "of kind ranking, not rating"],
    [await answer("a", 3, { kind: "ranking", order: [0, 1, 9] }), "/answer"],
    [await answer("a", 3, "left"), "/answer"],
  ] as const;
  for (const [{ status, text }, reason] of refused) {
    expect([status, text]).toEqual([400, expect.stringContaining(reason)]);
  }
  expect((await answer("a", 3, { kind: "ranking", order: [2, 0, 1] })).status).toBe(201);
  expect((await answer("a", 3, { kind: "ranking", order: [2, 0, 1] })).status).toBe(200);
  expect((await answer("a", 3, { kind: "ranking", order: [2, 1, 0] })).status).toBe(409);
  expect(serving.live.heard).toEqual(["judged a"]);
});

test("queries of a kind are asked for, and the run hears of it", async () => {
  await ask(3, "live");
  const request = (body: unknown) => serving.ask("POST", `${RUN}/queries`, { body: JSON.stringify(body) });
  const { status, text } = await request({ kind: "live", count: 4 });
  expect([status, JSON.parse(text)]).toEqual([202, { open: 1 }]);
  expect(serving.live.heard).toEqual(["requested 4 live"]);
  for (const wrong of [{ kind: "correction", count: 1 }, { kind: "live", count: 21 }, { kind: "live" }, {}]) {
    expect((await request(wrong)).status).toBe(400);
  }
});
