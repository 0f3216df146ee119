import { expect, test } from "vitest";
import { measureName, measureText } from "./measures.ts";

test.each([
  ["backflips", "backflips"],
  ["distance-travelled", "distance travelled"],
  ["trunkTurns", "trunk turns"],
])("the measure %s reads %s", (name, words) => expect(measureName(name)).toBe(words));

test.each([
  ["backflips", 1, "1 backflip"],
  ["backflips", 0, "0 backflips"],
  ["backflips", 9.55, "9.55 backflips"],
  ["distance", 1, "1 distance"],
  ["success", 1, "1 success"],
])("%s of %d reads %s", (name, value, text) => expect(measureText(name, value)).toBe(text));
