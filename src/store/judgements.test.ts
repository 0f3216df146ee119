// Any sequence of asking, withdrawing, answering and taking back, restarts between, against a model of a few lines.
import { array, assert, asyncProperty, constant, integer, oneof, record } from "fast-check";
import { expect, test } from "vitest";
import { comparison, judgement, newRun, temporaryDirectory } from "../../test/store-fixture.ts";
import { openStore } from "./open.ts";

const small = integer({ min: 1, max: 4 });
const step = oneof(
  { weight: 3, arbitrary: record({ kind: constant("ask" as const) }) },
  record({ kind: constant("withdraw" as const), query: small }),
  { weight: 4, arbitrary: record({ kind: constant("judge" as const), id: small, query: small }) },
  { weight: 2, arbitrary: record({ kind: constant("take back" as const), id: small }) },
  record({ kind: constant("restart" as const) }),
);

test("no answer is lost, none counts twice, and the open queries are those nobody answered", async () => {
  await assert(
    asyncProperty(array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      using directory = temporaryDirectory();
      let store = await openStore(directory.path, "0.1.0");
      const { id: run } = await store.createRun(newRun());
      const states = new Map<number, "open" | "answered" | "withdrawn">();
      const standing = new Map<string, number>();
      const takenBack = new Set<string>();
      for (const step of steps) {
        if (step.kind === "ask") {
          await store.ask(run, comparison(states.size + 1));
          states.set(states.size + 1, "open");
        } else if (step.kind === "withdraw") {
          await store.withdraw(run, step.query);
          if (states.get(step.query) === "open") states.set(step.query, "withdrawn");
        } else if (step.kind === "judge") {
          const id = `j${step.id}`;
          const { outcome } = await store.judge(run, judgement(id, step.query));
          if (takenBack.has(id)) expect(outcome).toBe("conflict");
          else if (standing.has(id)) expect(outcome).toBe(standing.get(id) === step.query ? "known" : "conflict");
          else if (!states.has(step.query)) expect(outcome).toBe("unknown-query");
          else if (states.get(step.query) !== "open") expect(outcome).toBe("conflict");
          else {
            expect(outcome).toBe("stored");
            standing.set(id, step.query);
            states.set(step.query, "answered");
          }
        } else if (step.kind === "take back") {
          const id = `j${step.id}`;
          const { outcome } = await store.takeBack(run, id);
          const query = standing.get(id);
          if (query !== undefined) {
            expect(outcome).toBe("taken-back");
            standing.delete(id);
            takenBack.add(id);
            states.set(query, "open");
          } else if (!takenBack.has(id)) expect(outcome).toBe("unknown-judgement");
        } else {
          await store.close();
          store = await openStore(directory.path, "0.1.0");
        }
      }
      const { start } = await store.resume(run);
      expect(start.judged.map((judged) => [judged.judgement.id, judged.query.id])).toEqual([...standing]);
      const open = [...states].filter(([, state]) => state === "open").map(([query]) => query);
      expect(start.open.map(({ query }) => query.id).sort((a, b) => a - b)).toEqual(open);
      expect(await store.countOpenQueries(run)).toBe(open.length);
      expect((await store.findRun(run)).status.labels).toBe(standing.size);
      await store.close();
    }),
    { numRuns: 40 },
  );
});
