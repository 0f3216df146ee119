import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { UsageError } from "./errors.ts";
import { loadTask, taskReference } from "./load-task.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "heed-task-"));
  writeFileSync(
    join(folder, "good.mjs"),
    `export default { name: "mine", description: "d.", question: "q?", create() {} };`,
  );
  writeFileSync(join(folder, "broken.mjs"), "export default {");
  writeFileSync(join(folder, "empty.mjs"), "export const task = 1;");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const reference = (name: string): string => taskReference(name, folder);

describe("taskReference", () => {
  it("leaves names alone and makes paths absolute", () => {
    expect(reference("hopper-backflip")).toBe("hopper-backflip");
    const absolute = pathToFileURL(join(folder, "good.mjs")).href;
    for (const path of ["./good.mjs", "good.mjs", join(folder, "good.mjs"), absolute]) {
      expect(reference(path)).toBe(absolute);
    }
  });
});

describe("loadTask", () => {
  it("finds tasks by name and by path", async () => {
    expect((await loadTask("hopper-backflip")).name).toBe("hopper-backflip");
    expect((await loadTask(reference("good.mjs"))).name).toBe("mine");
  });

  it.each([
    ["hoper", /no task "hoper".*hopper-backflip.*path/],
    ["./missing.mjs", /no file .*missing\.mjs.*exports a task as its default/],
    ["./broken.mjs", /broken\.mjs could not be loaded/],
    ["./empty.mjs", /empty\.mjs has no default export/],
  ])("explains what is wrong with %s", async (given, message) => {
    const loading = loadTask(reference(given));
    await expect(loading).rejects.toThrow(message);
    await expect(loading).rejects.toBeInstanceOf(UsageError);
  });
});
