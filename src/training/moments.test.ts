import { expect, test } from "vitest";
import { Memory, SMALL, smallRun } from "../../test/training-fixture.ts";
import { momentsDue } from "./schedule.ts";

const ROLLOUT = SMALL.environments * SMALL.rolloutSteps;

test("a moment is due at the start and with every tenth of the steps", () => {
  const plan = { steps: 1_000 };
  expect([0, 99, 100, 450, 999, 1_000, 1_200].map((steps) => momentsDue(steps, plan))).toEqual([
    1, 1, 2, 5, 10, 11, 11,
  ]);
});

test("a run remembers its untrained agent, and its agent at every tenth of its steps", async () => {
  const { training, journal } = smallRun({ steps: 6_000, workers: 1 });
  await training.done;
  const { moments } = journal;
  expect(moments.length).toBeGreaterThanOrEqual(9);
  expect(moments.length).toBeLessThanOrEqual(11);
  expect(moments[0]).toMatchObject({ steps: 0, labels: 0 });
  const last = moments[moments.length - 1];
  expect(last.steps).toBeGreaterThanOrEqual(6_000);
  expect(last.labels).toBeGreaterThan(0);
  for (const [index, { steps, labels }] of moments.entries()) {
    if (index === 0) continue;
    const before = moments[index - 1];
    expect(steps).toBeGreaterThan(before.steps);
    expect(labels).toBeGreaterThanOrEqual(before.labels);
    // Not before it is due, and with the next rollout after that.
    if (before.steps > 0) expect(steps % 600).toBeLessThan(ROLLOUT);
  }
  for (const { clip, measures } of moments) {
    expect(clip.poses).toHaveLength(clip.frames * 2 * 7);
    expect(clip.frames).toBeGreaterThan(0);
    expect(clip.frames / clip.framesPerSecond).toBeLessThanOrEqual(8);
    expect(Object.keys(measures)).toEqual(["laps"]);
  }
});

test("the same seed remembers the same, and a run that goes on remembers what comes after its checkpoint", async () => {
  const { training, journal } = smallRun({ steps: 3_000, workers: 1 });
  const again = smallRun({ steps: 3_000, workers: 1 });
  await Promise.all([training.done, again.training.done]);
  expect(again.journal.moments).toEqual(journal.moments);
  const checkpoint = journal.checkpoints[journal.checkpoints.length - 1];
  const judged = journal.questions.map((question, i) => ({ ...question, judgement: journal.judgements[i] }));
  const from = { checkpoint, judged, lastSegment: 2 * judged.length, lastQuery: judged.length };
  const more = smallRun({ steps: 6_000, workers: 1 }, from, new Memory());
  await more.training.done;
  expect(more.journal.moments.map(({ steps }) => Math.floor((10 * steps) / 6_000))).toEqual([6, 7, 8, 9, 10]);
});
