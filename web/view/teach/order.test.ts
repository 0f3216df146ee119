import fc from "fast-check";
import { expect, test } from "vitest";
import { isRanked, moveTo, placeNext, unranked } from "./order.ts";

test("clips that are named from best to worst come in that order, the last by itself", () => {
  let order = unranked(4);
  for (const clip of [2, 0, 2]) order = placeNext(order, clip);
  expect(isRanked(order)).toBe(false);
  order = placeNext(order, 3);
  expect(order.clips).toEqual([2, 0, 3, 1]);
  expect(isRanked(order)).toBe(true);
});

test("a clip that is moved pushes the others along", () => {
  expect(moveTo(unranked(4), 3, 0)).toEqual({ clips: [3, 0, 1, 2], placed: 4 });
  expect(moveTo(unranked(4), 0, 2)).toEqual({ clips: [1, 2, 0, 3], placed: 4 });
  expect(moveTo(unranked(3), 1, 99).clips).toEqual([0, 2, 1]);
});

test("whatever is done, every clip is there once", () => {
  const deed = fc.tuple(fc.boolean(), fc.nat({ max: 5 }), fc.integer({ min: -2, max: 8 }));
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 6 }), fc.array(deed), (count, deeds) => {
      let order = unranked(count);
      for (const [named, clip, place] of deeds) {
        order = named ? placeNext(order, clip % count) : moveTo(order, clip % count, place);
      }
      expect([...order.clips].sort()).toEqual(unranked(count).clips);
    }),
  );
});
