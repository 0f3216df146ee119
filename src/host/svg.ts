// Charts as SVG text, drawn by Observable Plot without a browser.
import { plot, type PlotOptions } from "@observablehq/plot";
import { DOMParser } from "linkedom";

const NAMESPACE = "http://www.w3.org/2000/svg";
const INK = "#1b1e23";
const PAPER = "#ffffff";
/** Plot counts the ids of its clipping paths and patterns up over the whole process. */
const COUNTED_ID = /plot-(?:clip|pattern)-\d+/g;

/**
 * The chart as the text of an SVG file that stands on its own: dark ink on white paper, whatever it is shown on. The
 * same options give the same bytes.
 * @throws TypeError where the options ask for what only HTML can hold: a title, a caption or a legend. Write these into
 *   the chart with a text mark.
 */
export function renderSvg(options: PlotOptions): string {
  const document = new DOMParser().parseFromString(`<svg xmlns="${NAMESPACE}"/>`, "image/svg+xml");
  const style = { background: PAPER, color: INK };
  const chart = plot({ ...options, document, className: "heed-chart", style });
  if (chart.tagName !== "svg") {
    throw new TypeError(
      "This chart has a title, a caption or a legend, which Plot makes of HTML. Use a text mark instead.",
    );
  }
  chart.setAttribute("xmlns", NAMESPACE);
  // Some viewers do not know the background of an SVG element.
  const paper = document.createElementNS(NAMESPACE, "rect", {});
  for (const [name, value] of Object.entries({ width: "100%", height: "100%", fill: PAPER })) {
    paper.setAttribute(name, value);
  }
  chart.insertBefore(paper, chart.firstChild);
  return `${renumbered(String(chart.outerHTML))}\n`;
}

/** The text with its counted ids numbered from 1 in the order in which they come. */
function renumbered(text: string): string {
  const ids = new Map<string, string>();
  return text.replace(COUNTED_ID, (id) => {
    const known = ids.get(id) ?? `heed-id-${ids.size + 1}`;
    ids.set(id, known);
    return known;
  });
}
