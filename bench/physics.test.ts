import { expect, test } from "vitest";
import { measurePhysics } from "./physics.ts";

test("counts the steps that threads take, and adds them up", async () => {
  expect(await measurePhysics("hopper-backflip", 2, 0.2)).toBeGreaterThan(100);
});

test("ends with the reason where a thread fails", async () => {
  await expect(measurePhysics("moonwalk", 2, 0.2)).rejects.toThrow(/no task "moonwalk".*hopper-backflip/);
});
