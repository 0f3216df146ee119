import fc from "fast-check";
import { Value } from "typebox/value";
import { afterEach, beforeEach, expect, test } from "vitest";
import { serve, type Serving } from "../../../test/server-fixture.ts";
import type { Moment } from "../../training/journal.ts";
import { ErrorView } from "../api.ts";
import * as api from "../history-api.ts";

let serving: Serving;
beforeEach(async () => {
  serving = await serve();
});
afterEach(async () => {
  expect(serving.faults).toEqual([]);
  await serving[Symbol.asyncDispose]();
});

const moment = (steps: number): Moment => ({
  steps,
  labels: steps / 100,
  clip: { framesPerSecond: 62.5, frames: 2, poses: Float32Array.from({ length: 14 }, (_, i) => steps + i) },
  measures: { backflips: 0.5 },
});

const get = async (path: string): Promise<{ status: number; body: unknown }> => {
  const headers = { host: `127.0.0.1:${serving.server.port}` };
  const { statusCode, body } = await serving.server.inject({ method: "GET", url: path, headers });
  return { status: statusCode, body: JSON.parse(body) };
};

test("moments are listed by steps, and each is given with its clip", async () => {
  expect((await get(`/api/runs/${serving.run}/history`)).body).toEqual({ moments: [] });
  for (const steps of [1_000, 0]) await serving.store.remember(serving.run, moment(steps));
  const list = (await get(`/api/runs/${serving.run}/history`)).body;
  Value.Assert(api.HistoryView, list);
  expect(list.moments.map(({ steps, labels, measures }) => [steps, labels, measures])).toEqual([
    [0, 0, { backflips: 0.5 }],
    [1_000, 10, { backflips: 0.5 }],
  ]);
  const one = (await get(`/api/runs/${serving.run}/history/1000`)).body;
  Value.Assert(api.MomentView, one);
  expect(one).toMatchObject({ steps: 1_000, labels: 10, clip: { frames: 2, framesPerSecond: 62.5 } });
  expect(Buffer.from(one.clip.poses, "base64").readFloatLE(4)).toBe(1_001);
});

test("what is not remembered, and runs that are not there, are said to be missing", async () => {
  for (const path of [`${serving.run}/history/7`, "other-1/history", "other-1/history/0"]) {
    const { status, body } = await get(`/api/runs/${path}`);
    expect(status, path).toBe(404);
    expect(Value.Check(ErrorView, body), path).toBe(true);
  }
});

test("whatever stands for the steps in the address is answered with sense", async () => {
  await serving.store.remember(serving.run, moment(1_000));
  const odd = fc.oneof(
    fc.string({ minLength: 1, maxLength: 80 }),
    fc.double().map(String),
    fc.constantFrom("-1", "1e3", "0x10", "1000.0", "..", "null", "99999999999999999999"),
  );
  await fc.assert(
    fc.asyncProperty(odd, async (at) => {
      const { status, body } = await get(`/api/runs/${serving.run}/history/${encodeURIComponent(at)}`);
      if (status === 200) expect(body).toMatchObject({ steps: 1_000 });
      else {
        expect([400, 404]).toContain(status);
        expect(Value.Check(ErrorView, body)).toBe(true);
      }
    }),
    { numRuns: 60 },
  );
});
