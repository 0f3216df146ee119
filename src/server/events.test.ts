import { expect, test } from "vitest";
import { RUN, serve, type Serving } from "../../test/server-fixture.ts";
import { chosen, comparison, metrics } from "../../test/store-fixture.ts";

/** Reads the events of a stream one by one. */
async function listen(serving: Serving) {
  const response = await fetch(`${serving.server.address}${RUN}/events`);
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new Error("The answer has no body.");
  let text = "";
  return {
    response,
    async next(): Promise<{ event: string; data: unknown } | null> {
      for (;;) {
        const end = text.indexOf("\n\n");
        if (end >= 0) {
          const block = text.slice(0, end);
          text = text.slice(end + 2);
          const parts = /^event: (\w+)\ndata: (.*)$/.exec(block);
          if (parts !== null) return { event: parts[1], data: JSON.parse(parts[2]) };
          expect(block).toMatch(/^(retry: \d+|: .*)$/);
          continue;
        }
        const { done, value } = await reader.read();
        if (done) return null;
        text += value;
      }
    },
    close: () => reader.cancel(),
  };
}

test("a page hears the status first and then what happens", async () => {
  await using serving = await serve({ queries: 2 });
  const { live, store, run, ask } = serving;
  const page = await listen(serving);
  expect(page.response.headers.get("content-type")).toContain("text/event-stream");
  expect(page.response.headers.get("content-security-policy")).toContain("default-src");
  expect(await page.next()).toEqual({ event: "status", data: live.now });

  const status = { ...live.now, phase: "waiting" as const, waitingFor: "an answer\n\nfrom you" };
  live.tell({ type: "status", status });
  expect(await page.next()).toEqual({ event: "status", data: status });
  live.tell({ type: "metrics", metrics: metrics(5) });
  expect(await page.next()).toEqual({ event: "metrics", data: metrics(5) });
  live.tell({ type: "agent", clip: comparison(1).segments[0].clip });
  expect(await page.next()).toMatchObject({ event: "agent", data: { frames: 3, poses: expect.any(String) } });
  const evaluation = { episodes: 20, trueReturn: 3, measures: { backflips: 4 } };
  live.tell({ type: "evaluation", evaluation });
  expect(await page.next()).toEqual({ event: "evaluation", data: evaluation });

  await ask("POST", `${RUN}/judgements`, { body: JSON.stringify({ id: "a", query: 1, answer: chosen("left") }) });
  expect(await page.next()).toEqual({ event: "queries", data: { open: 1 } });
  await ask("DELETE", `${RUN}/judgements/a`);
  expect(await page.next()).toEqual({ event: "queries", data: { open: 2 } });
  await store.ask(run, comparison(3));
  live.tell({ type: "queries" });
  expect(await page.next()).toEqual({ event: "queries", data: { open: 3 } });
  await page.close();
});

test("many changes of the queries at once make few events, and the last is right", async () => {
  await using serving = await serve();
  const page = await listen(serving);
  await page.next();
  for (let id = 1; id <= 200; id++) {
    void serving.store.ask(serving.run, comparison(id));
    serving.live.tell({ type: "queries" });
  }
  await serving.store.ask(serving.run, comparison(201));
  serving.live.tell({ type: "queries" });
  let events = 0;
  let last: unknown;
  do {
    const event = await page.next();
    if (event === null) throw new Error("The stream ended before the last event.");
    last = event.data;
    events++;
  } while (JSON.stringify(last) !== '{"open":201}');
  expect(events).toBeLessThan(50);
  await page.close();
});

test("a page that watches hears of what another process does", async () => {
  await using serving = await serve({ watch: true });
  const { store, run } = serving;
  const page = await listen(serving);
  expect(await page.next()).toMatchObject({ event: "status", data: { phase: "starting" } });
  await store.updateStatus(run, { phase: "learning", steps: 7, labels: 0, waitingFor: null });
  await store.addMetrics(run, metrics(7));
  let event = await page.next();
  while (event?.event === "status" && (event.data as { steps: number }).steps !== 7) event = await page.next();
  expect(event).toMatchObject({ event: "status", data: { phase: "learning", steps: 7 } });
  expect(await page.next()).toEqual({ event: "metrics", data: metrics(7) });
  await page.close();
});

test("closing the server ends the streams", async () => {
  const serving = await serve();
  const page = await listen(serving);
  await page.next();
  await serving.server.close();
  await expect(
    page.next().then(
      (event) => event,
      () => null,
    ),
  ).resolves.toBeNull();
  await serving[Symbol.asyncDispose]();
});
