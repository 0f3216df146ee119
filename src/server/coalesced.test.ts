import { expect, test } from "vitest";
import { coalesced } from "./coalesced.ts";

test("work called for while it runs is done once more, however often it was called for", async () => {
  const finish: (() => void)[] = [];
  const run = coalesced(
    () => new Promise<void>((resolve) => finish.push(resolve)),
    (error) => expect.unreachable(error.message),
  );
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  run();
  run();
  run();
  expect(finish).toHaveLength(1);
  finish[0]();
  await settle();
  expect(finish).toHaveLength(2);
  finish[1]();
  await settle();
  expect(finish).toHaveLength(2);
  run();
  expect(finish).toHaveLength(3);
});

test("work that fails is told of, and can be called for again", async () => {
  const errors: string[] = [];
  let calls = 0;
  const run = coalesced(
    async () => {
      calls++;
      throw new Error("no disk");
    },
    (error) => errors.push(error.message),
  );
  run();
  await new Promise((resolve) => setImmediate(resolve));
  run();
  expect([calls, errors[0]]).toEqual([2, "no disk"]);
});
