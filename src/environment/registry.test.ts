import { describe, expect, test } from "vitest";
import pointMass from "../../examples/point-mass.ts";
import { asTask, findTask, tasks } from "./registry.ts";

describe("findTask", () => {
  test("finds every built-in task by its name", () => {
    expect(tasks.map(({ name }) => name)).toEqual([
      "hopper-backflip",
      "hopper",
      "walker2d",
      "half-cheetah",
      "ant",
      "swimmer",
      "reacher",
      "inverted-pendulum",
      "inverted-double-pendulum",
      "hopper-fixed-horizon",
      "walker2d-fixed-horizon",
      "ant-fixed-horizon",
      "inverted-pendulum-fixed-horizon",
      "inverted-double-pendulum-fixed-horizon",
      "half-cheetah-one-leg",
    ]);
    for (const task of tasks) expect(findTask(task.name)).toBe(task);
  });

  test("says of every task that may terminate which one is its form of fixed horizon", () => {
    const pairs = tasks.flatMap(({ name, fixedHorizon }) => (fixedHorizon === undefined ? [] : [[name, fixedHorizon]]));
    expect(pairs.map(([name]) => name)).toEqual([
      "hopper",
      "walker2d",
      "ant",
      "inverted-pendulum",
      "inverted-double-pendulum",
    ]);
    for (const [, fixedHorizon] of pairs) expect(findTask(fixedHorizon).fixedHorizon).toBeUndefined();
  });

  test("lists the known ones where a name is unknown", () => {
    expect(() => findTask("moonwalk")).toThrow(/"moonwalk".*hopper-backflip, hopper.*path/);
  });
});

describe("asTask", () => {
  test("takes a module's default export that is a task", () => {
    expect(asTask(pointMass, "point-mass.ts")).toBe(pointMass);
  });

  test.each<[unknown, RegExp]>([
    [undefined, /mine\.ts has no default export.*name, description, question, create/],
    [null, /mine\.ts/],
    [() => pointMass, /a default export of type function/],
    [{}, /"name" is undefined.*"description" is undefined.*"question" is undefined.*"create" is undefined/],
    [{ ...pointMass, name: "Point Mass" }, /"name" is "Point Mass"; a kebab-case word/],
    [{ ...pointMass, name: "a".repeat(65) }, /at most 64/],
    [{ ...pointMass, name: "hopper" }, /built-in/],
    [{ ...pointMass, question: " " }, /"question" is " "/],
    [{ ...pointMass, noiseSeconds: -1 }, /"noiseSeconds" is number; a number of seconds from 0/],
    [{ ...pointMass, shownSize: 0 }, /"shownSize" is number; a whole number from 1/],
    [{ ...pointMass, shownSize: 2.5 }, /"shownSize" is number; a whole number from 1/],
    [{ ...pointMass, create: {} }, /"create" is object; a function/],
  ])("refuses %j", (moduleDefault, message) => {
    expect(() => asTask(moduleDefault, "mine.ts")).toThrow(message);
  });
});
