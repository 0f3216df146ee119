import { expect, test } from "vitest";
import { FakeDirectory, FakeRun, RUN, serve } from "../../test/server-fixture.ts";
import { StoreError } from "../store/errors.ts";
import type { Store } from "../store/store.ts";
import { createServer } from "./server.ts";

test.each([
  [{ kind: "rating", stars: 9 }, "/answer/stars must be equal to one of the allowed values: 1,2,3,4,5."],
  [{ kind: "critique", parts: [] }, "/answer/parts must not have fewer than 1 items."],
  [{ kind: "shrug" }, "/answer/kind must be one of comparison, good-bad, rating"],
])("of an answer that is none, what is wrong with its own kind is told: %j", async (answer, expected) => {
  await using serving = await serve({ queries: 1 });
  const body = JSON.stringify({ id: "a", query: 1, answer });
  const { status, text } = await serving.ask("POST", `${RUN}/judgements`, { body });
  const view: { readonly error: { readonly expected: string } } = JSON.parse(text);
  expect([status, view.error.expected]).toEqual([400, expect.stringContaining(expected)]);
});

test.each([
  [new StoreError("unwritable", "The disk is full."), 503, "The disk is full."],
  [new Error("a secret path"), 500, "inside heed"],
])("an answer that could not be stored is not acknowledged: %s", async (fault, status, message) => {
  await using serving = await serve({ queries: 1 });
  const live = new FakeRun();
  const faults: Error[] = [];
  const broken: Store = { ...serving.store, judge: () => Promise.reject(fault) };
  const { run, directory } = serving;
  const server = await createServer({
    store: broken,
    runs: new FakeDirectory(serving.store, run, live),
    current: run,
    webRoot: directory,
    port: 0,
    onError: (error) => faults.push(error),
  });
  const response = await fetch(`${server.address}${RUN}/judgements`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id: "a", query: 1, answer: { kind: "comparison", choice: "left" } }),
  });
  const text = await response.text();
  expect([response.status, text]).toEqual([status, expect.stringContaining(message)]);
  expect(text).not.toContain("secret");
  expect(faults).toEqual([fault]);
  expect(live.heard).toEqual([]);
  await server.close();
});
