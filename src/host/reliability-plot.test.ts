import { expect, test } from "vitest";
import { calibrate } from "../reward/calibration.ts";
import { reliabilityPlot } from "./reliability-plot.ts";

test("there is a dot for each bin that holds predictions, and the error is said", () => {
  const calibration = calibrate([
    { left: 0.55, leftShare: 1 },
    { left: 0.05, leftShare: 0 },
    { left: 0.95, leftShare: 1 },
  ]);
  const svg = reliabilityPlot(calibration, "labels <1> & co");
  expect(svg.match(/<circle/g)).toHaveLength(2);
  expect(svg).toContain(`Expected calibration error ${calibration.error.toFixed(3)}`);
  expect(svg).toContain("labels &lt;1&gt; &amp; co");
  expect(reliabilityPlot(calibration, "labels <1> & co")).toBe(svg);
});
