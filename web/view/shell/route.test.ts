import fc from "fast-check";
import { expect, test } from "vitest";
import { hrefTo, parseRoute, TAB_NAMES } from "./route.ts";

test.each([
  ["", { run: null, tab: "teach" }],
  ["#/", { run: null, tab: "teach" }],
  ["#/runs", { run: null, tab: "runs" }],
  ["#/r1/watch", { run: "r1", tab: "watch" }],
  ["#/r1", { run: null, tab: "teach" }],
  ["#/r1/", { run: "r1", tab: "teach" }],
  ["#/r1/nonsense", { run: "r1", tab: "teach" }],
  ["#/%E0%A4%A/watch", { run: null, tab: "watch" }],
])("%s", (hash, route) => expect(parseRoute(hash)).toEqual(route));

test("a link leads to where it says, whatever the run is called", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), fc.constantFrom(...TAB_NAMES), (run, tab) => {
      expect(parseRoute(hrefTo(run, tab))).toEqual({ run: tab === "runs" ? null : run, tab });
      expect(parseRoute(hrefTo(null, tab))).toEqual({ run: null, tab });
    }),
  );
});
