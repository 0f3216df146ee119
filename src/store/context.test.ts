import { afterEach, beforeEach, expect, test } from "vitest";
import { comparison, judgement, newRun, temporaryDirectory } from "../../test/store-fixture.ts";
import { openStore } from "./open.ts";
import type { Store } from "./store.ts";

let directory: ReturnType<typeof temporaryDirectory>;
let store: Store;
let run: string;
beforeEach(async () => {
  directory = temporaryDirectory();
  store = await openStore(directory.path, "0.1.0");
  ({ id: run } = await store.createRun(newRun()));
});
afterEach(async () => {
  await store.close();
  directory[Symbol.dispose]();
});

test("writes asked for at once take effect in the order of the calls, each with its own result", async () => {
  const results = await Promise.all([
    store.ask(run, comparison(1)),
    store.judge(run, judgement("a", 1)),
    store.judge(run, judgement("b", 1)),
    store.takeBack(run, "a"),
    store.judge(run, judgement("c", 1)),
  ]);
  expect(results).toMatchObject([
    undefined,
    { outcome: "stored", labels: 1 },
    { outcome: "conflict" },
    { outcome: "taken-back", labels: 0 },
    { outcome: "stored", labels: 1 },
  ]);
});

test("one that fails fails alone, and what stands around it is done once", async () => {
  const names = ["first", "first", "second"];
  const made = await Promise.allSettled(names.map((name) => store.createRun({ ...newRun(), name })));
  expect(made.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect((await store.listRuns()).map(({ name }) => name).sort()).toEqual(["first", run, "second"].sort());

  await store.ask(run, comparison(1));
  const mixed = await Promise.allSettled([
    store.judge(run, judgement("a", 1)),
    store.ask(run, comparison(1)),
    store.ask(run, comparison(2)),
    store.judge(run, judgement("b", 2)),
  ]);
  expect(mixed.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
  const { judged } = (await store.resume(run)).start;
  expect(judged.map((given) => given.judgement.id)).toEqual(["a", "b"]);
  expect((await store.findRun(run)).status.labels).toBe(2);
});

test("closing waits for what was asked for before", async () => {
  const asked = [1, 2, 3].map((id) => store.ask(run, comparison(id)));
  await store.close();
  await Promise.all(asked);
  store = await openStore(directory.path, "0.1.0");
  expect(await store.countOpenQueries(run)).toBe(3);
});
