import fc from "fast-check";
import { Value } from "typebox/value";
import { afterEach, beforeEach, expect, test } from "vitest";
import { serve, type Serving } from "../../../test/server-fixture.ts";
import { chosen, judgement } from "../../../test/store-fixture.ts";
import * as api from "../answers-api.ts";
import { ErrorView } from "../api.ts";

let serving: Serving;
let at: string;
beforeEach(async () => {
  serving = await serve({ queries: 5 });
  at = `/api/runs/${serving.run}`;
  for (const id of [1, 2, 3]) await serving.store.judge(serving.run, judgement(`j${id}`, id));
});
afterEach(async () => {
  expect(serving.faults).toEqual([]);
  await serving[Symbol.asyncDispose]();
});

const ask = async (
  method: "GET" | "POST",
  path: string,
  body?: unknown,
): Promise<{ status: number; body: unknown }> => {
  const host = { host: `127.0.0.1:${serving.server.port}` };
  const headers = body === undefined ? host : { ...host, "content-type": "application/json" };
  const response = await serving.server.inject({
    method,
    url: path,
    headers,
    ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
  });
  return { status: response.statusCode, body: JSON.parse(response.body) };
};
const revise = (id: string, body: object) => ask("POST", `${at}/judgements/${id}/revise`, body);

test("answers are given newest first, with whose there are, a page at a time", async () => {
  const { body } = await ask("GET", `${at}/judgements?limit=2`);
  Value.Assert(api.AnswersView, body);
  expect(body.answers.map(({ id, query, answer }) => [id, query, answer])).toEqual([
    ["j3", 3, chosen("left")],
    ["j2", 2, chosen("left")],
  ]);
  expect(body.annotators).toEqual(["person"]);
  const rest = (await ask("GET", `${at}/judgements?limit=2&before=${body.next}`)).body;
  expect(rest).toMatchObject({ answers: [{ id: "j1" }], next: null });
  expect((await ask("GET", `${at}/judgements?choice=right`)).body).toMatchObject({ answers: [], next: null });
});

test("a page of answers that nobody can mean is refused", async () => {
  const queries = ["limit=0", "limit=101", "before=0", "before=x", "kind=opinion", "choice=6", "surprising=perhaps"];
  for (const query of [...queries, "annotator=", "other=1", "limit=1&limit=2"]) {
    const { status, body } = await ask("GET", `${at}/judgements?${query}`);
    expect(status, query).toBe(400);
    expect(Value.Check(ErrorView, body), query).toBe(true);
  }
});

test("a query is given with its clips and what is predicted of them", async () => {
  const { body } = await ask("GET", `${at}/queries/2`);
  Value.Assert(api.ReplayView, body);
  expect(body.query).toMatchObject({ id: 2, kind: "comparison", clips: [{ segments: [3] }, { segments: [4] }] });
  expect(body.rewards).toEqual([
    [0.3, 0.6],
    [0.4, 0.8],
  ]);
  for (const [query, status] of [
    ["9", 404],
    ["0", 400],
    ["x", 400],
    ["99999999999", 400],
  ] as const) {
    expect((await ask("GET", `${at}/queries/${query}`)).status, query).toBe(status);
  }
});

test("clips come by what is predicted of them", async () => {
  const segments = async (query: string): Promise<number[]> => {
    const { body } = await ask("GET", `${at}/clips${query}`);
    Value.Assert(api.ClipsView, body);
    return body.clips.map(({ segment }) => segment);
  };
  expect(await segments("?limit=3")).toEqual([10, 9, 8]);
  expect(await segments("?sort=worst&limit=2")).toEqual([1, 2]);
  expect(await segments("?sort=newest&limit=1")).toEqual([10]);
  for (const query of ["?sort=loudest", "?limit=51", "?limit=-1", "?more=1"]) {
    expect((await ask("GET", `${at}/clips${query}`)).status, query).toBe(400);
  }
});

test("a revised answer is stored, handed on as one taken back and one given, and safe to repeat", async () => {
  const body = { id: "k1", answer: chosen("right"), decisionMilliseconds: 400 };
  expect(await revise("j1", body)).toEqual({ status: 201, body: { id: "k1" } });
  expect(await revise("j1", body)).toEqual({ status: 200, body: { id: "k1" } });
  expect(serving.live.heard).toEqual(["taken back j1", "judged k1"]);
  expect((await ask("GET", `${at}/judgements?limit=1`)).body).toMatchObject({
    answers: [{ id: "k1", query: 1, answer: chosen("right"), decisionMilliseconds: 400, annotator: "person" }],
  });
});

test("a revision that makes no sense is refused, and nothing is handed on", async () => {
  for (const [id, body, status] of [
    ["j9", { id: "k", answer: chosen("left") }, 404],
    ["j1", { id: "j2", answer: chosen("left") }, 409],
    ["j1", { id: "k", answer: { kind: "rating", stars: 2 } }, 400],
    ["j1", { id: "k", answer: { kind: "comparison", choice: "up" } }, 400],
    ["j1", { id: "k" }, 400],
    ["j1", { id: "../k", answer: chosen("left") }, 400],
    ["j1", { id: "k", answer: chosen("left"), annotator: "Eve" }, 400],
    ["j1", { id: "k", answer: chosen("left"), decisionMilliseconds: -1 }, 400],
  ] as const) {
    expect((await revise(id, body)).status, JSON.stringify(body)).toBe(status);
  }
  expect(serving.live.heard).toEqual([]);
});

test("a run that takes no answers takes no revisions", async () => {
  serving.live.now = { ...serving.live.now, phase: "finished" };
  expect((await revise("j1", { id: "k", answer: chosen("left") })).status).toBe(409);
});

test("whatever is sent as a revision is answered with sense", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 1, maxLength: 70 }), fc.jsonValue(), async (id, body) => {
      const path = `${at}/judgements/${encodeURIComponent(id)}/revise`;
      const { status, body: view } = await ask("POST", path, body);
      expect([400, 404]).toContain(status);
      expect(Value.Check(ErrorView, view)).toBe(true);
    }),
    { numRuns: 60 },
  );
});
