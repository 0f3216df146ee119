// The reliability diagram of a cross-validated reward model (DeGroot and Fienberg 1983).
import { axisX, axisY, dot, gridY, line, link, text } from "@observablehq/plot";
import type { Calibration } from "../reward/calibration.ts";
import { renderSvg } from "./svg.ts";

const INK = "#1b1e23";
const FAINT = "#9aa3ad";
const ACCENT = "#0b6e99";

const percent = (value: number): string => `${Math.round(value * 100)} %`;

/**
 * An SVG file: how often the model was right, against how sure it was, a dot per bin that holds predictions. Dots on the
 * diagonal are what a calibrated model has; the larger a dot, the more predictions it stands for.
 * @param title first line of the chart
 */
export function reliabilityPlot(calibration: Calibration, title: string): string {
  const bins = calibration.bins.filter((bin) => bin.predictions > 0);
  return renderSvg({
    width: 480,
    height: 440,
    marginTop: 64,
    marginLeft: 60,
    marginBottom: 48,
    marginRight: 24,
    x: { domain: [0.5, 1] },
    y: { domain: [0, 1] },
    r: { range: [0, 14], domain: [0, Math.max(...bins.map((bin) => bin.predictions))] },
    marks: [
      gridY({ stroke: FAINT, strokeOpacity: 0.3 }),
      axisX({ label: "how sure the model was of the answer it predicted", labelAnchor: "center", tickFormat: percent }),
      axisY({ label: "how often that was the answer", labelAnchor: "center", tickFormat: percent }),
      line(
        [
          [0.5, 0.5],
          [1, 1],
        ],
        { stroke: FAINT, strokeDasharray: "4 4" },
      ),
      link(bins, { x1: "confidence", x2: "confidence", y1: "confidence", y2: "accuracy", stroke: ACCENT }),
      dot(bins, { x: "confidence", y: "accuracy", r: "predictions", fill: ACCENT, fillOpacity: 0.75 }),
      text(bins, {
        x: "confidence",
        y: "accuracy",
        text: (bin: (typeof bins)[number]) => String(bin.predictions),
        dy: 22,
        fill: INK,
      }),
      text([title], { frameAnchor: "top-left", dy: -48, fontSize: 13, fontWeight: "bold" }),
      text([`Expected calibration error ${calibration.error.toFixed(3)}. Numbers: predictions, over all seeds.`], {
        frameAnchor: "top-left",
        dy: -28,
      }),
    ],
  });
}
