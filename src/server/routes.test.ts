import { Value } from "typebox/value";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RUN, serve, type Serving } from "../../test/server-fixture.ts";
import { chosen, comparison, metrics, newRun } from "../../test/store-fixture.ts";
import * as api from "./api.ts";

let serving: Serving;
beforeEach(async () => {
  serving = await serve({ queries: 5 });
});
afterEach(async () => {
  expect(serving.faults).toEqual([]);
  await serving[Symbol.asyncDispose]();
});

const get = async (path: string): Promise<unknown> => {
  const { status, text } = await serving.ask("GET", path);
  expect(status).toBe(200);
  return JSON.parse(text);
};
const answer = (id: string, query: number, more: object = {}) =>
  serving.ask("POST", `${RUN}/judgements`, {
    body: JSON.stringify({ id, query, answer: chosen("left"), ...more }),
  });
const openIds = async (): Promise<number[]> => {
  const view = await get(`${RUN}/queries?limit=20`);
  Value.Assert(api.QueriesView, view);
  return view.queries.map((query) => query.id);
};

test("the run is described", async () => {
  const view = await get(RUN);
  Value.Assert(api.RunView, view);
  expect(view).toMatchObject({
    id: serving.run,
    task: "hopper-backflip",
    teacher: "person",
    labelsWanted: newRun().options.labels,
    stepsWanted: 1_000_000,
    stepsPerLabel: newRun().options.stepsPerLabel,
    scene: newRun().scene,
    status: serving.live.now,
    live: true,
    answerTo: null,
    version: "0.1.0",
  });
});

test("queries come oldest first, three unless asked otherwise, with poses as bytes", async () => {
  const view = await get(`${RUN}/queries`);
  Value.Assert(api.QueriesView, view);
  expect(view.queries.map((query) => query.id)).toEqual([1, 2, 3]);
  expect(await openIds()).toEqual([1, 2, 3, 4, 5]);
  const [left] = view.queries[0].clips;
  const { clip, id } = comparison(1).segments[0];
  expect(left).toMatchObject({ segments: [id], steps: 2, framesPerSecond: clip.framesPerSecond, frames: clip.frames });
  const bytes = Buffer.from(left.poses, "base64");
  expect([...Array(21).keys()].map((i) => bytes.readFloatLE(4 * i))).toEqual([...clip.poses]);
});

test.each(["limit=0", "limit=21", "limit=x", "limit=", "more=1", "limit=1&limit=2"])(
  "queries?%s is refused",
  async (query) => {
    expect((await serving.ask("GET", `${RUN}/queries?${query}`)).status).toBe(400);
  },
);

test("an answer is stored, handed on once, and safe to repeat", async () => {
  const first = await answer("a", 1, { annotator: "Ana", decisionMilliseconds: 700 });
  expect([first.status, JSON.parse(first.text)]).toEqual([201, { id: "a", labels: 1 }]);
  const again = await answer("a", 1, { annotator: "Ana", decisionMilliseconds: 700 });
  expect([again.status, again.text]).toEqual([200, first.text]);
  expect(serving.live.heard).toEqual(["judged a"]);
  expect(await openIds()).toEqual([2, 3, 4, 5]);
  expect((await serving.store.resume(serving.run)).start.judged).toEqual([
    {
      ...comparison(1),
      judgement: { id: "a", query: 1, answer: chosen("left"), annotator: "Ana", decisionMilliseconds: 700 },
    },
  ]);
});

test("of answers given at the same time one counts", async () => {
  const ids = ["a", "b", "c", "d"];
  const statuses = (await Promise.all(ids.map((id) => answer(id, 1)))).map(({ status }) => status);
  expect(statuses.sort()).toEqual([201, 409, 409, 409]);
  const same = await Promise.all([1, 2, 3, 4].map(() => answer("e", 2)));
  expect(same.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
  expect(serving.live.heard).toHaveLength(2);
  expect((await serving.store.findRun(serving.run)).status.labels).toBe(2);
});

test("what cannot be stored is refused with the reason", async () => {
  await answer("a", 1);
  await serving.store.withdraw(serving.run, 3);
  const cases: [Promise<{ status: number; text: string }>, number, string][] = [
    [answer("a", 1, { answer: chosen("right") }), 409, "another judgement"],
    [answer("b", 1), 409, "has been answered"],
    [answer("b", 3), 409, "withdrawn"],
    [answer("b", 99), 404, "no query 99"],
    [
      serving.ask("POST", "/api/runs/hopper-backflip-9/judgements", {
        body: '{"id":"b","query":2,"answer":{"kind":"comparison","choice":"left"}}',
      }),
      404,
      "Known runs: hopper-backflip-1",
    ],
    [answer("b", 2, { answer: "both" }), 400, "/answer"],
    [answer("b", 2, { more: 1 }), 400, "additional"],
    [answer("b", 2, { query: "2" }), 400, "/query"],
    [answer("b", 2, { decisionMilliseconds: -1 }), 400, "/decisionMilliseconds"],
    [answer("b/c", 2), 400, "/id"],
    [answer("", 2), 400, "/id"],
    [answer("x".repeat(65), 2), 400, "/id"],
    [answer("b", 2, { annotator: "\ud800" }), 400, "/annotator"],
    [answer("b", 2, { annotator: "" }), 400, "/annotator"],
    [answer("b", 2, { annotator: "x".repeat(70_000) }), 413, "64 KiB"],
  ];
  for (const [asked, status, reason] of cases) {
    const { status: found, text } = await asked;
    expect([found, text]).toEqual([status, expect.stringContaining(reason)]);
    expect(Value.Check(api.ErrorView, JSON.parse(text))).toBe(true);
  }
  expect(serving.live.heard).toEqual(["judged a"]);
  expect(await openIds()).toEqual([2, 4, 5]);
});

test.each([
  ["text/plain", "{}", 415],
  ["application/x-www-form-urlencoded", "id=a", 415],
  ["application/json", "not json", 400],
  ["application/json", "", 400],
  ["application/json", '{"__proto__":{}}', 400],
  ["application/json", "[]", 400],
  ["application/json", "null", 400],
])("a body of %s %j is refused", async (type, body, status) => {
  const found = await serving.ask("POST", `${RUN}/judgements`, { body, headers: { "content-type": type } });
  expect(found.status).toBe(status);
  expect(Value.Check(api.ErrorView, JSON.parse(found.text))).toBe(true);
});

test("an answer is taken back and given anew", async () => {
  for (const query of [1, 2, 3]) await answer(`j${query}`, query);
  expect(await get(`${RUN}/judgements/last`)).toEqual({ judgement: { id: "j3", query: 3, answer: chosen("left") } });
  expect(await get(`${RUN}/judgements/last?annotator=Ana`)).toEqual({ judgement: null });

  const back = await serving.ask("DELETE", `${RUN}/judgements/j2`);
  expect(back.status).toBe(200);
  const view: unknown = JSON.parse(back.text);
  Value.Assert(api.TakenBackView, view);
  expect([view.labels, view.query.id]).toEqual([2, 2]);
  expect(await openIds()).toEqual([2, 4, 5]);
  expect((await serving.ask("DELETE", `${RUN}/judgements/j2`)).text).toBe(back.text);
  expect((await answer("j2", 2)).status).toBe(409);
  expect((await answer("k2", 2, { answer: chosen("equal") })).status).toBe(201);
  expect((await serving.ask("DELETE", `${RUN}/judgements/j2`)).status).toBe(409);
  expect((await serving.ask("DELETE", `${RUN}/judgements/never`)).status).toBe(404);
  expect(serving.live.heard).toEqual(["judged j1", "judged j2", "judged j3", "taken back j2", "judged k2"]);
});

test("learning curves are thinned and the agent is shown", async () => {
  for (let steps = 1; steps <= 600; steps++) await serving.store.addMetrics(serving.run, metrics(steps));
  const curves = await get(`${RUN}/metrics`);
  Value.Assert(api.MetricsView, curves);
  expect(curves.metrics).toHaveLength(300);
  expect(curves.metrics.at(-1)).toEqual(metrics(600));
  expect(await get(`${RUN}/agent`)).toEqual({ clip: null });
  serving.live.clip = comparison(1).segments[0].clip;
  const { clip } = (await get(`${RUN}/agent`)) as { clip: unknown };
  expect(Value.Check(api.PosesView, clip)).toBe(true);
});

test("of a run that is over, the agent is shown as it was last remembered, or last asked about", async () => {
  const { id } = await serving.store.createRun(newRun());
  const clips = comparison(1).segments.map(({ clip }) => clip);
  const shown = async () => (await get(`/api/runs/${id}/agent`)) as { clip: { poses: string } | null };
  const bytesOf = ({ poses }: (typeof clips)[number]): string =>
    Buffer.from(poses.buffer, poses.byteOffset, poses.byteLength).toString("base64");
  expect(await shown()).toEqual({ clip: null });
  for (const [i, clip] of clips.entries()) {
    await serving.store.remember(id, { steps: 100 * i, labels: 0, clip, measures: {} });
    expect((await shown()).clip?.poses).toBe(bytesOf(clip));
  }
  await serving.store.ask(id, comparison(2));
  expect((await shown()).clip?.poses).toBe(bytesOf(comparison(2).segments[1].clip));
});

test("the API describes itself", async () => {
  const { openapi, paths } = (await get("/api/openapi.json")) as {
    openapi: string;
    paths: Record<string, Record<string, { responses: unknown; parameters: { name: string; in: string }[] }>>;
  };
  expect(openapi).toBe("3.1.0");
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((it) => `${it} ${path}`),
  );
  expect(described).toEqual(
    expect.arrayContaining([
      "get /api/runs",
      "get /api/runs/{run}",
      "get /api/runs/{run}/queries",
      "post /api/runs/{run}/judgements",
      "delete /api/runs/{run}/judgements/{id}",
      "get /api/runs/{run}/judgements/last",
      "get /api/runs/{run}/metrics",
      "get /api/runs/{run}/agent",
      "get /api/runs/{run}/events",
      "get /api/openapi.json",
    ]),
  );
  expect(paths["/api/runs/{run}/judgements/{id}"]["delete"].parameters).toMatchObject([
    { name: "run", in: "path" },
    { name: "id", in: "path" },
  ]);
  expect(Object.keys(paths["/api/runs/{run}/judgements"]["post"].responses as object)).toEqual([
    "200",
    "201",
    "default",
  ]);
});

test("the page is served, and what is not there is said in a sentence", async () => {
  expect((await serving.ask("GET", "/")).text).toContain("<title>heed</title>");
  for (const path of ["/nothing.js", "/api/nothing", "/../heed.sqlite", "/%2e%2e/heed.sqlite", "/..%2fheed.sqlite"]) {
    const { status, text } = await serving.ask("GET", path);
    expect(status, path).toBeGreaterThanOrEqual(400);
    expect(status, path).toBeLessThan(500);
    expect(Value.Check(api.ErrorView, JSON.parse(text)), path).toBe(true);
  }
});
