import * as fc from "fast-check";
import { Value } from "typebox/value";
import { afterEach, beforeEach, expect, test } from "vitest";
import { serve, type Serving } from "../../test/server-fixture.ts";
import { ErrorView } from "./api.ts";
import { CheckpointsView, OptionsView, RunsView, RunSummary } from "./runs-api.ts";

let serving: Serving;
beforeEach(async () => {
  serving = await serve();
});
afterEach(async () => {
  expect(serving.faults).toEqual([]);
  await serving[Symbol.asyncDispose]();
});

const post = (path: string, body?: unknown) =>
  serving.ask("POST", `/api/runs${path}`, body === undefined ? {} : { body: JSON.stringify(body) });
const summary = async (answer: ReturnType<typeof post>, status = 200): Promise<RunSummary> => {
  const { status: found, text } = await answer;
  expect([found, text]).toEqual([status, expect.any(String)]);
  const view: unknown = JSON.parse(text);
  Value.Assert(RunSummary, view);
  return view;
};
const error = async (answer: ReturnType<typeof post>, status: number): Promise<ErrorView["error"]> => {
  const { status: found, text } = await answer;
  expect([found, text]).toEqual([status, expect.any(String)]);
  const view: unknown = JSON.parse(text);
  Value.Assert(ErrorView, view);
  return view.error;
};
const list = async (): Promise<RunsView> => {
  const view: unknown = JSON.parse((await serving.ask("GET", "/api/runs")).text);
  Value.Assert(RunsView, view);
  return view;
};

const WAITING = { task: "hopper-backflip", labels: 3 };

test("runs are listed with what may be done with them, newest first", async () => {
  const started = await summary(post("", { ...WAITING, name: "mine" }), 201);
  expect(started).toMatchObject({ id: "hopper-backflip-2", name: "mine", live: true, options: { labels: 3, seed: 1 } });
  const { current, runs, deleted } = await list();
  expect(current).toBe("hopper-backflip-1");
  expect(runs.map(({ id }) => id)).toEqual(["hopper-backflip-2", "hopper-backflip-1"]);
  expect(runs[0].actions).toEqual(["pause", "fork", "delete"]);
  expect(deleted).toEqual([]);
});

test("a run goes through all that can be done with it", async () => {
  const { id } = await summary(post("", WAITING), 201);
  expect(await summary(post(`/${id}/pause`))).toMatchObject({ live: false, status: { phase: "stopped" } });
  const checkpoints: unknown = JSON.parse((await serving.ask("GET", `/api/runs/${id}/checkpoints`)).text);
  Value.Assert(CheckpointsView, checkpoints);
  expect(checkpoints.steps).toEqual([0]);
  const fork = await summary(post(`/${id}/fork`, { steps: 0, name: "other", options: { labels: 9 } }), 201);
  expect(fork).toMatchObject({ name: "other", live: false, forkedFrom: { run: id, steps: 0 }, options: { labels: 9 } });
  expect(await summary(post(`/${id}/resume`))).toMatchObject({ live: true });
  expect((await error(post(`/${fork.id}/resume`), 409)).message).toContain(`${id} goes on`);
  expect(await summary(post(`/${id}/delete`))).toMatchObject({ live: false, actions: ["restore"] });
  const after = await list();
  expect(after.runs.map((run) => run.id)).not.toContain(id);
  expect(after.deleted.map((run) => run.id)).toEqual([id]);
  expect((await serving.ask("GET", `/api/runs/${id}`)).text).toContain("This run is deleted");
  expect(await summary(post(`/${id}/restore`))).toMatchObject({ deleted: null });
  expect(await summary(post(`/${id}/resume`))).toMatchObject({ live: true });
});

test("a page that looks at a run hears of it through a pause", async () => {
  const { id } = await summary(post("", WAITING), 201);
  await summary(post(`/${id}/pause`));
  const response = await fetch(`${serving.server.address}/api/runs/${id}/events`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = "";
  const until = async (text: string): Promise<void> => {
    while (!heard.includes(text)) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: "" };
      if (done) throw new Error(`The stream ended before ${text}: ${heard}`);
      heard += value;
    }
  };
  await until('"phase":"stopped"');
  await summary(post(`/${id}/resume`));
  await until('"phase":"starting"');
  await until('"phase":"asking"');
  await until('event: queries\ndata: {"open":3}');
  await reader?.cancel();
});

test("what is wrong is named", async () => {
  expect(await error(post("", { task: "hopper-backflip", labels: 0.5 }), 400)).toMatchObject({
    field: "labels",
    message: "labels: expected an integer from 0 to 100000, but got 0.5.",
  });
  expect(await error(post("", { ...WAITING, name: "hopper-backflip-1" }), 400)).toMatchObject({ field: "name" });
  expect(await error(post("", { ...WAITING, name: " x" }), 400)).toMatchObject({ field: "name" });
  expect((await error(post("/hopper-backflip-9/pause"), 404)).message).toContain("Known runs: hopper-backflip-1");
  expect((await error(post("/hopper-backflip-1/fork", {}), 409)).message).toContain("no checkpoint yet");
  expect((await error(post("/hopper-backflip-1/fork", { steps: "1" }), 400)).expected).toContain("/steps");
  expect((await list()).runs).toHaveLength(1);
});

test("the options are described as they are taken", async () => {
  const view: unknown = JSON.parse((await serving.ask("GET", "/api/options")).text);
  Value.Assert(OptionsView, view);
  expect(view.tasks[0]).toMatchObject({ name: "hopper-backflip", question: expect.any(String) });
  expect(view.schema).toMatchObject({
    required: ["task"],
    properties: {
      labels: { type: "integer", minimum: 0, maximum: 100_000, default: 300 },
      teacher: { anyOf: [{ const: "person" }, { const: "simulated" }, { const: "none" }], default: "person" },
      workers: { default: expect.any(Number) },
      name: { maxLength: 64 },
    },
  });
});

test("whatever is sent, the server has no fault, and no run is lost or begun by nonsense", async () => {
  const value = fc.oneof(fc.anything({ withNullPrototype: false }), fc.integer(), fc.string({ unit: "binary" }));
  const body = fc.oneof(
    fc.json(),
    fc.dictionary(fc.constantFrom("task", "name", "labels", "steps", "seed", "options", "teacher", "x"), value),
  );
  const change = fc.constantFrom("", "fork", "pause", "resume", "delete", "restore", "checkpoints", "nothing");
  const run = fc.oneof(
    fc.string({ unit: "binary" }).map((text) => encodeURIComponent(text.toWellFormed())),
    fc.webPath(),
  );
  await fc.assert(
    fc.asyncProperty(run, change, fc.option(body), async (run, change, body) => {
      const path = change === "" && body !== null ? "" : `/${run}/${change}`;
      const text = typeof body === "string" ? body : safeJson(body);
      const { status, text: answer } = await serving.ask(
        "POST",
        `/api/runs${path}`,
        body === null ? {} : { body: text },
      );
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(JSON.parse(answer)).toHaveProperty("error.message");
    }),
    { numRuns: 80 },
  );
  expect((await list()).runs.map(({ id }) => id)).toEqual(["hopper-backflip-1"]);
});

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "null";
  } catch {
    return "{";
  }
}
