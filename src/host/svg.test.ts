import { line, text, type PlotOptions } from "@observablehq/plot";
import { DOMParser } from "linkedom";
import { expect, test } from "vitest";
import { renderSvg } from "./svg.ts";

const chart = (): PlotOptions => ({
  width: 300,
  height: 200,
  marks: [
    line(
      [
        [0, 1],
        [1, 3],
      ],
      { clip: true },
    ),
    text(["a < b & c\u00A0d"], { frameAnchor: "top" }),
  ],
});

test("a chart is an SVG file of its own, on paper of its own", () => {
  const svg = renderSvg(chart());
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  expect(svg).toMatch(/^<svg [^>]*color:#1b1e23[^>]*><rect [^>]*fill="#ffffff"/);
  const document = new DOMParser().parseFromString(svg, "image/svg+xml");
  expect(document.querySelectorAll("path").length).toBeGreaterThan(0);
  expect(svg).toContain("a &lt; b &amp; c");
  // An XML reader knows no names of characters but its own five.
  expect(svg).not.toMatch(/&(?!lt;|gt;|amp;|quot;|apos;|#)/);
});

test("the same chart is the same text, however many were drawn before", () => {
  const first = renderSvg(chart());
  expect(first).toContain('id="heed-id-1"');
  expect(first).toContain("url(#heed-id-1)");
  expect(renderSvg(chart())).toBe(first);
});

test("what only HTML can hold is refused", () => {
  expect(() => renderSvg({ ...chart(), caption: "a caption" })).toThrow("text mark");
});
