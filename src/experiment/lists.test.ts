import { expect, test } from "vitest";
import { integer, integerList, namedList, seedsUpTo, textList } from "./lists.ts";

const known = [{ name: "one" }, { name: "two" }];

test("lists have every entry once", () => {
  expect(integerList("--labels", "350, 700,350", 1, 1_000)).toEqual([350, 700]);
  expect(textList("--tasks", "a, b,a")).toEqual(["a", "b"]);
  expect(namedList("--methods", "two,two", known)).toEqual([known[1]]);
  expect(namedList("--methods", "all", known)).toEqual(known);
  expect(seedsUpTo("--seeds", "3")).toEqual([1, 2, 3]);
});

test.each([
  [
    () => integerList("--labels", "350,many", 1, 1_000),
    '--labels: expected integers from 1 to 1000, but got "350,many".',
  ],
  [() => integerList("--labels", "350,", 1, 1_000), '--labels: expected integers from 1 to 1000, but got "350,".'],
  [() => integerList("--labels", "2.5", 1, 1_000), '--labels: expected an integer from 1 to 1000, but got "2.5".'],
  [() => integerList("--labels", "0", 1, 1_000), '--labels: expected an integer from 1 to 1000, but got "0".'],
  [() => integer("--steps", "", 1, 10), '--steps: expected an integer from 1 to 10, but got "".'],
  [() => namedList("--methods", "one,three", known), '--methods: there is no "three". Known: one, two; or "all".'],
  [() => textList("--tasks", "a,,b"), '--tasks: expected names with commas between them, but got "a,,b".'],
])("%s is refused with what was expected", (read, message) => {
  expect(read).toThrow(message);
});
