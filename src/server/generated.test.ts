// Whatever is sent: the answer is never a fault of the server's, and no judgement is lost, doubled or invented.
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RUN, serve, type Serving } from "../../test/server-fixture.ts";
import { chosen, comparison } from "../../test/store-fixture.ts";
import { CHOICES } from "../feedback/judgement.ts";

let serving: Serving;
beforeAll(async () => {
  serving = await serve({ queries: 3 });
});
afterAll(() => serving[Symbol.asyncDispose]());

/** Header values and paths that Node's client agrees to send. */
const visible = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) });
const path = fc.oneof(
  visible.map((text) => `/${text}`),
  visible.map((text) => `/api/runs/${text}`),
  visible.map((text) => `${RUN}/judgements/${text}`),
  visible.map((text) => `${RUN}/judgements/last?annotator=${text}`),
  visible.map((text) => `${RUN}/queries?limit=${text}`),
  fc.string({ unit: "binary" }).map((text) => `${RUN}/judgements/${encodeURIComponent(text.toWellFormed())}`),
  fc.constantFrom(
    "/api/runs",
    RUN,
    `${RUN}/queries`,
    `${RUN}/metrics`,
    `${RUN}/agent`,
    "/api/openapi.json",
    `${RUN}/judgements`,
  ),
);
const body = fc.oneof(
  fc.json(),
  fc.string({ unit: "binary" }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc
    .record({
      id: fc.anything(),
      query: fc.oneof(fc.integer(), fc.anything()),
      answer: fc.oneof(fc.constantFrom(...CHOICES.map(chosen)), fc.anything()),
      annotator: fc.anything(),
      decisionMilliseconds: fc.anything(),
    })
    .map((value) => {
      try {
        return JSON.stringify(value);
      } catch {
        return "{";
      }
    }),
);
const headers = fc.record(
  {
    "content-type": fc.oneof(fc.constantFrom("application/json", "text/plain", "application/json; charset=x"), visible),
    accept: visible,
    "accept-encoding": visible,
    cookie: visible,
    range: fc.oneof(visible, fc.constant("bytes=0-1")),
    "if-none-match": visible,
    "if-modified-since": visible,
    "last-event-id": visible,
    "x-http-method-override": fc.constant("DELETE"),
  },
  { requiredKeys: [] },
);

test("any method, path, header and body gets an answer that is no fault of the server", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("GET", "HEAD", "POST", "DELETE", "PUT", "PATCH", "OPTIONS"),
      path.filter((path) => !path.startsWith(`${RUN}/events`)),
      headers,
      fc.option(body, { nil: undefined }),
      async (method, path, headers, body) => {
        const withBody = body !== undefined && method !== "GET" && method !== "HEAD" ? { body } : {};
        const { status, text } = await serving.ask(method, path, { headers, ...withBody });
        expect(status).toBeGreaterThanOrEqual(200);
        expect(status).toBeLessThan(500);
        if (status >= 400 && method !== "HEAD") expect(JSON.parse(text)).toHaveProperty("error.message");
      },
    ),
    { numRuns: 400 },
  );
  expect(serving.faults).toEqual([]);
  // Whatever was stored on the way was handed on, exactly once.
  const { judged } = (await serving.store.resume(serving.run)).start;
  expect(serving.live.heard.filter((heard) => heard.startsWith("judged"))).toHaveLength(judged.length);
});

test("any hosts and origins but its own are refused", async () => {
  await fc.assert(
    fc.asyncProperty(
      visible.filter((value) => value !== ""),
      fc.boolean(),
      async (value, isHost) => {
        const own = `127.0.0.1:${serving.server.port}`;
        const { status } = await serving.ask("GET", RUN, {
          headers: isHost ? { host: value } : { origin: value },
        });
        fc.pre(value !== own && value !== `http://${own}`);
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      },
    ),
    { numRuns: 100 },
  );
});

const small = fc.integer({ min: 1, max: 4 });
const request = fc.oneof(
  fc.record({
    kind: fc.constant("answer" as const),
    id: small,
    query: small,
    answer: fc.constantFrom(...CHOICES.map(chosen)),
  }),
  fc.record({ kind: fc.constant("take back" as const), id: small }),
);

test("requests all at once, some of them twice: what was acknowledged is what is there", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 2, maxLength: 12 }), async (requests) => {
      await using serving = await serve();
      const { run, store, live, ask } = serving;
      for (let id = 1; id <= 4; id++) await store.ask(run, comparison(id));
      const answers = await Promise.all(
        [...requests, ...requests].map(async (request) => {
          if (request.kind === "take back") return ask("DELETE", `${RUN}/judgements/j${request.id}`);
          const { query, answer } = request;
          return ask("POST", `${RUN}/judgements`, { body: JSON.stringify({ id: `j${request.id}`, query, answer }) });
        }),
      );
      for (const { status } of answers) expect([200, 201, 404, 409]).toContain(status);
      const heard = live.heard.map((text) => /^(judged|taken back) (.*)$/.exec(text)?.slice(1) ?? []);
      const standing = new Set<string>();
      for (const [what, id] of heard) {
        // Training never hears of the same one twice, nor that one is taken back which it did not hear of.
        expect(standing.has(id)).toBe(what === "taken back");
        if (what === "judged") standing.add(id);
        else standing.delete(id);
      }
      const { judged, open } = (await store.resume(run)).start;
      expect(new Set(judged.map(({ judgement }) => judgement.id))).toEqual(standing);
      expect(judged.length + open.length).toBe(4);
      expect(answers.filter(({ status }) => status === 201)).toHaveLength(
        heard.filter(([what]) => what === "judged").length,
      );
    }),
    { numRuns: 25 },
  );
});
