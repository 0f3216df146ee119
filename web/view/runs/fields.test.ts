import { expect, test } from "vitest";
import { TrainingOptions } from "../../../src/training/options.ts";
import { fieldsOf, labelOf, valuesOf } from "./fields.ts";

const { properties } = TrainingOptions;
const schema = { ...TrainingOptions, properties: { ...properties, name: { type: "string", description: "its name" } } };
const fields = fieldsOf(schema);
const field = (name: string) => [...fields.first, ...fields.more].find((one) => one.name === name);

test("every option has a field with what people need to fill it in", () => {
  expect(fields.first.map(({ name }) => name)).toEqual(["task", "name", "teacher", "labels", "steps"]);
  expect(field("teacher")).toMatchObject({
    label: "Teacher",
    kind: "choice",
    choices: ["person", "simulated", "none"],
    standard: "person",
  });
  expect(field("labels")).toMatchObject({
    kind: "number",
    standard: "300",
    range: "A whole number from 0 to 100,000.",
  });
  expect(field("rationality")).toMatchObject({
    kind: "number",
    standard: "",
    range: "A number from 0.000001 to 1,000,000.",
  });
  for (const { help, label } of [...fields.first, ...fields.more]) {
    expect(help).toMatch(/^[A-Z].*\.$/);
    // The page has no flags.
    expect(help).not.toContain("--");
    expect(label).toMatch(/^[A-Z][a-z ]*$/);
  }
});

test("a name made of words reads as words", () => {
  expect(labelOf("stepsPerLabel")).toBe("Steps per label");
});

test("what is sent is what differs from the standard, numbers as numbers", () => {
  const texts = {
    task: "hopper",
    name: " my run ",
    teacher: "person",
    labels: "300",
    steps: "2,000 000",
    seed: "7",
    myopia: "0.5",
  };
  expect(valuesOf(fields, texts)).toEqual({ task: "hopper", name: "my run", steps: 2_000_000, seed: 7, myopia: 0.5 });
  expect(valuesOf(fields, { labels: "many", seed: "" })).toEqual({ labels: "many" });
});
