import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { serveDriving, WINDOW_STEPS, type DrivingServer } from "../../../test/driving-fixture.ts";

let serving: DrivingServer;
beforeEach(async () => {
  serving = await serveDriving();
});
afterEach(() => serving[Symbol.asyncDispose]());

const base64 = (values: Float32Array): string =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString("base64");

const OBSERVATIONS = 11;
const ACTIONS = 3;
const POSES = 4 * 7;

/** A sound body of so many steps. */
function body(steps: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: "d1",
    steps,
    framesPerSecond: 1 / serving.world.stepSeconds,
    observations: base64(new Float32Array(steps * OBSERVATIONS).fill(0.1)),
    actions: base64(new Float32Array(steps * ACTIONS)),
    poses: base64(new Float32Array(steps * POSES)),
    ...more,
  };
}

async function send(method: "POST" | "DELETE" | "GET", path: string, payload?: Record<string, unknown>) {
  const { port } = serving.server;
  const response = await serving.server.inject({
    method,
    url: `/api/runs/${serving.run}${path}`,
    headers: { host: `127.0.0.1:${port}` },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: response.statusCode, body: response.json() };
}

const message = (answer: { body: unknown }): string => JSON.stringify(answer.body);

async function standing(): Promise<string[]> {
  const kinds: string[] = [];
  for await (const { query } of serving.store.exportJudgements(serving.run)) kinds.push(query.kind);
  return kinds;
}

describe("demonstrations", () => {
  test("count once, however often they are sent, and can be taken back", async () => {
    const steps = 3 * WINDOW_STEPS + 5;
    expect(await send("POST", "/demonstrations", body(steps))).toEqual({
      status: 201,
      body: { id: "d1", judgements: 3 },
    });
    expect(await send("POST", "/demonstrations", body(steps))).toEqual({
      status: 200,
      body: { id: "d1", judgements: 3 },
    });
    expect(serving.live.heard).toEqual(["volunteered d1.0", "volunteered d1.1", "volunteered d1.2"]);
    expect(await standing()).toEqual(["demonstration", "demonstration", "demonstration"]);
    // They are evidence, and no labels of the run.
    expect((await serving.store.findRun(serving.run)).status.labels).toBe(0);
    expect(await send("DELETE", "/demonstrations/d1")).toEqual({ status: 200, body: { id: "d1", judgements: 3 } });
    expect(await send("DELETE", "/demonstrations/d1")).toEqual({ status: 200, body: { id: "d1", judgements: 3 } });
    expect(serving.live.heard.slice(3)).toEqual(["taken back d1.0", "taken back d1.1", "taken back d1.2"]);
    expect(await standing()).toEqual([]);
    expect((await send("POST", "/demonstrations", body(steps))).status).toBe(409);
    expect(await standing()).toEqual([]);
  });

  test("need no picture", async () => {
    const { poses: _, ...without } = body(200);
    expect((await send("POST", "/demonstrations", without)).status).toBe(201);
  });

  test.each([
    ["too short", () => body(70), "It lasts 0.56 simulated seconds"],
    ["too long", () => body(40_000), "It lasts 320.00 simulated seconds"],
    ["of another rate", () => body(200, { framesPerSecond: 50 }), "not the rate of this world"],
    ["of other sizes", () => body(200, { actions: base64(new Float32Array(1)) }), "Its actions are 1 numbers"],
    ["with NaN", () => body(200, { observations: base64(new Float32Array(2_200).fill(NaN)) }), "observations hold NaN"],
    ["of no base64", () => body(200, { observations: "AAAA!" }), "body/observations is not the base64"],
    ["of half a number", () => body(200, { observations: "AAA=" }), "body/observations is not the base64"],
    ["with a bad id", () => body(200, { id: "a.b" }), "id"],
    ["with more than there is", () => body(200, { x: 1 }), "x"],
    ["with no steps", () => body(200, { steps: 0 }), "steps"],
  ])("are refused that are %s", async (_, make, expected) => {
    const answer = await send("POST", "/demonstrations", make());
    expect(answer.status).toBe(400);
    expect(message(answer)).toContain(expected);
    expect(await standing()).toEqual([]);
    expect(serving.live.heard).toEqual([]);
  });

  test("are refused that are larger than any can be", async () => {
    const answer = await send("POST", "/demonstrations", body(200, { poses: "A".repeat(40 * 2 ** 20) }));
    expect(answer.status).toBe(413);
  });

  test("are refused where the run is over, unknown, or there are none of that name", async () => {
    expect((await send("DELETE", "/demonstrations/none")).status).toBe(404);
    serving.live.now = { ...serving.live.now, phase: "finished" };
    expect((await send("POST", "/demonstrations", body(200))).status).toBe(409);
    const { port } = serving.server;
    const url = "/api/runs/nobody/demonstrations";
    const response = await serving.server.inject({
      method: "POST",
      url,
      headers: { host: `127.0.0.1:${port}` },
      payload: body(200),
    });
    expect(response.statusCode).toBe(404);
  });

  test("whatever is sent, nobody is told of a fault inside heed", async () => {
    const anything = fc.record({
      id: fc.oneof(fc.string(), fc.constant("ok")),
      steps: fc.oneof(fc.integer(), fc.double(), fc.constant(200)),
      framesPerSecond: fc.oneof(fc.double(), fc.constant(125)),
      observations: fc.oneof(fc.string(), fc.base64String()),
      actions: fc.oneof(fc.jsonValue(), fc.base64String()),
    });
    await fc.assert(
      fc.asyncProperty(anything, async (payload) => {
        expect((await send("POST", "/demonstrations", payload as Record<string, unknown>)).status).toBeLessThan(500);
      }),
      { numRuns: 60 },
    );
    expect(serving.faults).toEqual([]);
  });
});

describe("corrections", () => {
  /** What somebody drives who takes over window 5 at `at` seconds and pushes once. */
  async function corrected(at: number, steps = WINDOW_STEPS): Promise<Record<string, unknown>> {
    const window = serving.world.segments[4];
    const observations = new Float32Array(steps * OBSERVATIONS);
    observations.set(window.observations.subarray(0, Math.min(steps, WINDOW_STEPS) * OBSERVATIONS));
    const actions = new Float32Array(steps * ACTIONS);
    const taken = Math.round(at / serving.world.stepSeconds) * ACTIONS;
    actions.set(window.actions.subarray(0, taken));
    const arrays = { observations: base64(observations), actions: base64(actions) };
    return body(steps, { ...arrays, segment: 5, at });
  }

  test("are better than the window that they replace", async () => {
    const payload = await corrected(0.2, 2 * WINDOW_STEPS);
    expect(await send("POST", "/corrections", payload)).toEqual({ status: 201, body: { id: "d1", judgements: 2 } });
    expect((await send("POST", "/corrections", payload)).status).toBe(200);
    for await (const { query, judgement, segments } of serving.store.exportJudgements(serving.run)) {
      expect([query.kind, judgement.answer.kind]).toEqual(["correction", "correction"]);
      expect(segments[1].actions[3][1]).toBeCloseTo(serving.world.segments[4].actions[3 * ACTIONS + 1]);
    }
    expect((await send("DELETE", "/demonstrations/d1")).body).toEqual({ id: "d1", judgements: 2 });
  });

  test.each([
    ["begin elsewhere", { segment: 4 }, 400, "does not go on from the window"],
    ["are of a window that is not there", { segment: 99 }, 404, "no segment 99"],
    ["begin after the window's end", { at: 0.51 }, 400, "after the window's end"],
    ["do not do what the agent did before", { at: 0.4 }, 400, "does not go on from the window"],
  ])("are refused that %s", async (_, more, status, expected) => {
    const answer = await send("POST", "/corrections", { ...(await corrected(0.2)), ...more });
    expect(answer.status).toBe(status);
    expect(message(answer)).toContain(expected);
    expect(await standing()).toEqual([]);
  });

  test("are refused that end before the window does", async () => {
    const answer = await send("POST", "/corrections", await corrected(0.2, WINDOW_STEPS - 3));
    expect(message(answer)).toContain("at least 63 were expected");
  });

  test("begin where the server says that the window does", async () => {
    const { status, body } = await send("GET", "/segments/5/start");
    const window = serving.world.segments[4];
    expect(status).toBe(200);
    expect(body).toEqual({
      length: WINDOW_STEPS,
      state: base64(window.state ?? new Float32Array()),
      observation: base64(window.observations.subarray(0, OBSERVATIONS)),
      actions: base64(window.actions),
    });
    expect((await send("GET", "/segments/77/start")).status).toBe(404);
    expect((await send("GET", "/segments/none/start")).status).toBe(400);
  });
});
