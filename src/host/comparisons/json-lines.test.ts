import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { chosen, comparison, judgement, newRun, temporaryDirectory } from "../../../test/store-fixture.ts";
import { openData } from "../data.ts";
import { UsageError } from "../errors.ts";
import { readJsonLines } from "./json-lines.ts";

const directory = temporaryDirectory();
afterAll(() => directory[Symbol.dispose]());
const file = join(directory.path, "judgements.jsonl");

/** A line of the format's first version: two steps, two numbers observed, one of action. */
const LINE = {
  format: "heed-judgement",
  version: 1,
  run: "r",
  task: "hopper",
  question: "Which?",
  stepSeconds: 0.008,
  judgement: {
    id: "j",
    answer: "left",
    annotator: "ada",
    decisionMilliseconds: null,
    answeredAt: "2026-01-01T00:00:00Z",
  },
  query: { id: 1, selection: "random", atStep: 0 },
  left: {
    id: 1,
    observations: [
      [0, 1],
      [2, 3],
    ],
    actions: [[4], [5]],
  },
  right: {
    id: 2,
    observations: [
      [6, 7],
      [8, 9],
    ],
    actions: [[10], [11]],
  },
};
/** The same judgement as `heed export` writes it. */
const { left, right, ...rest } = LINE;
const LATER = {
  ...rest,
  version: 2,
  judgement: { ...LINE.judgement, answer: { kind: "comparison", choice: "left" } },
  query: { ...LINE.query, kind: "comparison" },
  segments: [left, right],
};
const later = (answer: unknown) => ({ ...LATER, judgement: { ...LATER.judgement, answer } });
const answering = (answer: unknown) => ({ ...LINE, judgement: { ...LINE.judgement, answer } });

function read(...lines: readonly (string | object)[]) {
  writeFileSync(file, lines.map((line) => `${typeof line === "string" ? line : JSON.stringify(line)}\n`).join(""));
  return readJsonLines(file);
}

test("lines become pairs of segments with what was answered and by whom", async () => {
  const { set, cannotTell } = await read(LINE, "", answering("right"), answering("cannot-tell"), answering("equal"));
  expect(set).toMatchObject({ task: "hopper", steps: 2, observationSize: 2, actionSize: 1 });
  expect(set.pairs.map(({ leftShare }) => leftShare)).toEqual([1, 0, 0.5]);
  expect(cannotTell).toBe(1);
  const [{ left, right, annotator }] = set.pairs;
  expect(annotator).toBe("ada");
  expect([...left.observations, ...left.actions]).toEqual([0, 1, 2, 3, 4, 5]);
  expect([...right.observations, ...right.actions]).toEqual([6, 7, 8, 9, 10, 11]);
});

test("lines of the second version become pairs where they compare one, and others are counted", async () => {
  const { set, cannotTell, otherKinds } = await read(
    later({ kind: "rating", stars: 3 }),
    LINE,
    LATER,
    later({ kind: "comparison", choice: "right", strength: "slightly" }),
    later({ kind: "comparison", choice: "cannot-tell" }),
    later({ kind: "demonstration" }),
    later({ kind: "correction" }),
    later({ kind: "ranking", order: [0, 1, 2] }),
  );
  expect(set.pairs.map(({ leftShare }) => leftShare)).toEqual([1, 1, expect.closeTo(0.2, 12), 0.9, 0.95]);
  expect([cannotTell, otherKinds]).toEqual([1, 2]);
  expect(set.pairs[1].left.observations).toEqual(set.pairs[0].left.observations);
  expect(set.pairs[1].right.actions).toEqual(set.pairs[0].right.actions);
});

test("what the store exports is read back bit by bit", async () => {
  const store = await openData(join(directory.path, "data"));
  const { id } = await store.createRun(newRun());
  const lines: object[] = [];
  try {
    await store.claim(id);
    for (const query of [1, 2]) {
      await store.ask(id, comparison(query));
      await store.judge(id, judgement(`j${query}`, query, { answer: chosen(query === 1 ? "right" : "equal") }));
    }
    for await (const line of store.exportJudgements(id)) lines.push(line);
  } finally {
    await store.close();
  }
  const { set } = await read(...lines);
  expect(set.pairs.map(({ leftShare }) => leftShare)).toEqual([0, 0.5]);
  expect(set.pairs[1].right.observations).toEqual(comparison(2).segments[1].observations);
  expect(set.pairs[1].left.actions).toEqual(comparison(2).segments[0].actions);
});

test.each<[string, readonly (string | object)[], RegExp]>([
  ["no line", ["", " "], /holds no comparisons/],
  ["a line that is no JSON", [LINE, "{nonsense"], /^Line 2 of .*judgements\.jsonl is not JSON: \{nonsense\. Expected/],
  ["a line cut short", [JSON.stringify(LINE).slice(0, 200)], /Line 1 .* is not JSON/],
  ["a list", ["[1]"], /Line 1 .* needs an object as the line, and has \[1\]/],
  ["another format", [{ ...LINE, format: "other" }], /has the format "other", not "heed-judgement"/],
  ["a later version", [{ ...LINE, version: 3 }], /is of version 3 of the format; this heed reads 1 and 2/],
  ["an unknown kind", [later({ kind: "shrug" })], /has an answer of kind "shrug", not one of comparison, good-bad/],
  ["an unknown choice", [later({ kind: "comparison", choice: "up" })], /has the choice "up", not one of left, right/],
  [
    "an unknown strength",
    [later({ kind: "comparison", choice: "left", strength: "much" })],
    /has the strength "much", not one of slightly, clearly/,
  ],
  ["a pair with one segment", [{ ...LATER, segments: [left] }], /needs an object as segments\[1\], and has nothing/],
  ["no list of segments", [{ ...LATER, segments: {} }], /needs an object as segments\[0\], and has nothing/],
  ["an unknown answer", [answering("both")], /has the answer "both", not one of left, right, equal, cannot-tell/],
  ["an answer of an object's own", [answering("toString")], /has the answer "toString"/],
  ["no answer", [{ ...LINE, judgement: {} }], /has the answer nothing/],
  ["no segment", [{ ...LINE, right: undefined }], /needs an object as right, and has nothing/],
  [
    "a segment without steps",
    [{ ...LINE, left: { observations: [], actions: [] } }],
    /has no rows in left\.observations/,
  ],
  [
    "actions for other steps",
    [{ ...LINE, left: { ...LINE.left, actions: [[1]] } }],
    /has 1 rows in left\.actions; 2 were expected/,
  ],
  [
    "a ragged row",
    [{ ...LINE, right: { ...LINE.right, observations: [[1, 2], [3]] } }],
    /has 1 numbers in row 1 of right\.observations; 2 were expected/,
  ],
  [
    "what is no number",
    [{ ...LINE, left: { ...LINE.left, actions: [[1], [null]] } }],
    /has null in row 1 of left\.actions; a finite number/,
  ],
  ["what 32 bits cannot hold", [{ ...LINE, left: { ...LINE.left, actions: [[1], [1e39]] } }], /has 1e\+39 in row 1/],
  [
    "another task",
    [LINE, { ...LINE, task: "ant" }],
    /^Line 2 .* is about "ant", and the lines before it about "hopper"/,
  ],
  [
    "segments of another length",
    [
      LINE,
      { ...LINE, left: { observations: [[1, 2]], actions: [[1]] }, right: { observations: [[1, 2]], actions: [[1]] } },
    ],
    /has segments of 1 steps with 2 numbers observed and 1 of action, and the lines before it of 2 steps/,
  ],
])("%s is refused", async (_, lines, message) => {
  await expect(read(...lines)).rejects.toThrow(message);
  await expect(read(...lines)).rejects.toThrow(UsageError);
});

test("whatever stands in a line, it is read or refused by its number", async () => {
  const paths = [
    ["judgement"],
    ["left"],
    ["right", "observations"],
    ["right", "actions"],
    ["judgement", "answer"],
    ["task"],
    ["segments"],
    ["kind"],
    ["choice"],
    ["version"],
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(LINE, LATER),
      fc.constantFrom(...paths),
      fc.jsonValue(),
      async (whole, path, value) => {
        const line: unknown = JSON.parse(JSON.stringify(whole), function (key, old: unknown) {
          return key === path.at(-1) ? value : old;
        });
        const { set } = await read(LINE, line as object).catch((error: unknown) => {
          expect(error).toBeInstanceOf(UsageError);
          expect(String(error)).toContain("Line 2 of");
          return { set: null };
        });
        if (set === null) return;
        expect(set.pairs.length).toBeLessThanOrEqual(2);
        for (const { left, right } of set.pairs)
          expect([left.actions.length, right.observations.length]).toEqual([2, 4]);
      },
    ),
  );
});
