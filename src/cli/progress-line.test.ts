import { expect, test } from "vitest";
import { ProgressLine } from "./progress-line.ts";

function lineOn(stream: { readonly isTTY: boolean; readonly columns?: number }) {
  const written: string[] = [];
  const clock = { now: 0 };
  const line = new ProgressLine({ ...stream, write: (text) => written.push(text) }, 1_000, () => clock.now);
  return { line, written, clock };
}

test.each([
  [50, 49],
  [undefined, 79],
  // A terminal that does not know its width.
  [0, 79],
  [10, 20],
])("a terminal of %s columns gets %i letters, rewritten each time and removed once", (columns, letters) => {
  const { line, written } = lineOn({ isTTY: true, ...(columns === undefined ? {} : { columns }) });
  line.write("a".repeat(200));
  line.write("b");
  line.clear();
  line.clear();
  expect(written).toEqual([`\r\u001b[K${"a".repeat(letters)}`, "\r\u001b[Kb", "\r\u001b[K"]);
});

test("elsewhere whole lines are written now and then, and urgent ones at once", () => {
  const { line, written, clock } = lineOn({ isTTY: false });
  line.write("first");
  clock.now = 999;
  line.write("too soon");
  line.write("urgent", true);
  clock.now = 1_998;
  line.write("too soon");
  clock.now = 1_999;
  line.write("later");
  line.clear();
  expect(written).toEqual(["first\n", "urgent\n", "later\n"]);
});
