import { expect, test } from "vitest";
import { inputSize, writeInput } from "./ensemble.ts";

const observation = Float32Array.of(9, 9, 1, 2, 3);
const action = Float32Array.of(9, 0.5, -2);

test("a member is shown the observation, the action, its squares and their sum", () => {
  const shape = { observationSize: 3, actionSize: 2 };
  expect(inputSize(shape)).toBe(8);
  const input = new Float32Array(16);
  writeInput(shape, input, 1, observation, 2, action, 1);
  expect([...input]).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 0.5, -2, 0.25, 4, 4.25]);
});

test("of an observation only as much is shown as the task says", () => {
  const shape = { observationSize: 3, shownSize: 2, actionSize: 2 };
  expect(inputSize(shape)).toBe(7);
  const input = new Float32Array(14);
  writeInput(shape, input, 1, observation, 2, action, 1);
  expect([...input]).toEqual([0, 0, 0, 0, 0, 0, 0, 1, 2, 0.5, -2, 0.25, 4, 4.25]);
});

test("the sum of the squares can be left out", () => {
  const shape = { observationSize: 3, actionSize: 2, effort: false };
  expect(inputSize(shape)).toBe(7);
  const input = new Float32Array(7);
  writeInput(shape, input, 0, observation, 2, action, 1);
  expect([...input]).toEqual([1, 2, 3, 0.5, -2, 0.25, 4]);
});
