// Runs that take no answers say why, and lose nothing.
import { expect, test } from "vitest";
import { RUN, serve } from "../../test/server-fixture.ts";
import { chosen, judgement, newRun } from "../../test/store-fixture.ts";

test("a run that is over takes no answers", async () => {
  await using serving = await serve({ queries: 2 });
  const { run, store, live, ask } = serving;
  await store.judge(run, judgement("a", 1));
  for (const phase of ["finished", "stopped", "failed"] as const) {
    live.now = { phase, steps: 9, labels: 1, waitingFor: null };
    expect(JSON.parse((await ask("GET", RUN)).text)).toMatchObject({
      live: false,
      answerTo: expect.any(String),
    });
    const body = JSON.stringify({ id: "b", query: 2, answer: chosen("left") });
    expect((await ask("POST", `${RUN}/judgements`, { body })).status).toBe(409);
    expect((await ask("DELETE", `${RUN}/judgements/a`)).status).toBe(409);
  }
  expect((await store.resume(run)).start.judged).toHaveLength(1);
  expect(live.heard).toEqual([]);
});

test("a page that only watches says where to answer", async () => {
  await using serving = await serve({ queries: 1, watch: true });
  const { run, store, ask } = serving;
  await store.announce(run, "http://127.0.0.1:4333");
  await store.updateStatus(run, { phase: "learning", steps: 9, labels: 0, waitingFor: null });
  const body = JSON.stringify({ id: "b", query: 1, answer: chosen("left") });
  const { status, text } = await ask("POST", `${RUN}/judgements`, { body });
  expect(status).toBe(409);
  expect(text).toContain("Answer at http://127.0.0.1:4333");
  expect(JSON.parse((await ask("GET", RUN)).text)).toMatchObject({ live: false, status: { steps: 9 } });
});

test("nobody answers in the simulated teacher's place", async () => {
  const { options } = newRun();
  await using serving = await serve({ queries: 1, run: { options: { ...options, teacher: "simulated" } } });
  const body = JSON.stringify({ id: "b", query: 1, answer: chosen("left") });
  const { status, text } = await serving.ask("POST", `${RUN}/judgements`, { body });
  expect([status, text]).toEqual([409, expect.stringContaining("simulated teacher")]);
  expect(JSON.parse((await serving.ask("GET", RUN)).text)).toMatchObject({ live: true, teacher: "simulated" });
});
