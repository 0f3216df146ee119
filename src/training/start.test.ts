import { expect, test } from "vitest";
import { Memory, SMALL, smallRun, OPTIONS } from "../../test/training-fixture.ts";
import { FIRST_VOLUNTEERED, isStrip, type Choice, type Judgement, type Question } from "../feedback/judgement.ts";
import type { Metrics } from "./journal.ts";

const ROLLOUT = SMALL.environments * SMALL.rolloutSteps;

const timeless = (metrics: readonly Metrics[]) =>
  metrics.map(({ seconds: _seconds, stepsPerSecond: _rate, ...rest }) => rest);

const judgement = (query: number, choice: Choice): Judgement => ({
  id: `person-${query}`,
  query,
  answer: { kind: "comparison", choice },
  annotator: "ada",
  decisionMilliseconds: 900,
});

test("a simulated run takes its steps, gets its labels, and is evaluated", async () => {
  const { training, journal } = smallRun();
  expect(await training.done).toBe("finished");
  expect(journal.judgements).toHaveLength(OPTIONS.labels);
  expect(journal.questions.map(({ query }) => query.id)).toEqual(journal.judgements.map(({ query }) => query));
  expect(new Set(journal.questions.flatMap(({ segments }) => segments.map(({ id }) => id))).size).toBe(
    2 * OPTIONS.labels,
  );
  expect(journal.questions.filter(({ query }) => query.selection === "initial")).toHaveLength(OPTIONS.labels / 4);
  const last = journal.metrics[journal.metrics.length - 1];
  expect(last.steps).toBeGreaterThanOrEqual(OPTIONS.steps);
  expect(last.steps).toBeLessThan(OPTIONS.steps + ROLLOUT);
  expect(last.labels).toBe(OPTIONS.labels);
  expect(journal.evaluation?.episodes).toBe(SMALL.evaluationEpisodes);
  expect(Object.keys(journal.evaluation?.measures ?? {})).toEqual(["laps"]);
  expect(journal.statuses.map(({ phase }) => phase)).toEqual(
    expect.arrayContaining(["asking", "learning", "evaluating", "finished"]),
  );
});

test("the teacher's answers follow the true reward, and segments carry what the clip shows", async () => {
  const { training, journal } = smallRun({ steps: 3_000 });
  await training.done;
  const [
    {
      segments: [left],
    },
  ] = journal.questions;
  expect(left.length).toBe(20);
  expect(left.observations).toHaveLength(20 * 4);
  expect(left.actions).toHaveLength(20 * 2);
  expect(left.clip.poses).toHaveLength(left.clip.frames * 2 * 7);
  expect([...left.actions].every((action) => Math.abs(action) <= 1)).toBe(true);
  // The ball's pose is where the observation said it was going to be: one step ahead.
  expect(left.clip.poses[7]).toBeCloseTo(left.observations[4], 5);
});

test("without a teacher the agent learns from the true reward, and nobody is asked", async () => {
  let gained = 0;
  for (const seed of [1, 2, 3]) {
    const { training, journal } = smallRun({ teacher: "none", labels: 0, steps: 20_000, seed });
    expect(await training.done).toBe("finished");
    expect(journal.questions).toHaveLength(0);
    for (const { labels, rewardAccuracy, predictedReward } of journal.metrics) {
      expect([labels, rewardAccuracy, predictedReward]).toEqual([0, null, null]);
    }
    const returns = journal.metrics.flatMap(({ trueReturn }) => trueReturn ?? []);
    gained += (returns[returns.length - 1] - returns[0]) / 3;
  }
  // Some seeds learn late, but hardly all.
  expect(gained).toBeGreaterThan(30);
});

test("a reward model that is taken offline learns no more from what is asked later", async () => {
  // The first quarter of the questions is asked at random either way.
  const lossesOf = async (selection: "random" | "disagreement", offlineAfter: number | null) => {
    const options = { selection, steps: 3_000 };
    const { training, journal } = smallRun(options, {}, new Memory(), undefined, { offlineAfter });
    await training.done;
    expect(journal.judgements).toHaveLength(OPTIONS.labels);
    return journal.metrics.map(({ rewardLoss }) => rewardLoss);
  };
  expect(await lossesOf("random", 0.25)).toEqual(await lossesOf("disagreement", 0.25));
  expect(await lossesOf("random", null)).not.toEqual(await lossesOf("disagreement", null));
});

test("single steps can be compared", async () => {
  const { training, journal } = smallRun({ steps: 2_000 }, {}, new Memory(), undefined, { segmentSeconds: 0 });
  await training.done;
  expect(journal.questions[0].segments[0].length).toBe(1);
  expect(journal.metrics.at(-1)?.rewardLoss).toBeGreaterThan(0);
});

test("the same seed and the same workers give the same numbers, and another seed others", async () => {
  const metricsOf = async (seed: number) => {
    const { training, journal } = smallRun({ seed });
    await training.done;
    return { metrics: timeless(journal.metrics), evaluation: journal.evaluation };
  };
  const first = await metricsOf(1);
  expect(await metricsOf(1)).toEqual(first);
  expect(await metricsOf(2)).not.toEqual(first);
});

test("one thread and two both learn", async () => {
  for (const workers of [1, 2]) {
    // Pairs at random: those that the members disagree about are hard by choice.
    const { training, journal } = smallRun({ workers, labels: 200, selection: "random" });
    await training.done;
    expect(journal.metrics[journal.metrics.length - 1].rewardAccuracy).toBeGreaterThan(0.65);
  }
});

test("a run goes on from its checkpoint with every judgement", async () => {
  const { training, journal } = smallRun({ steps: 3_000 });
  await training.done;
  expect(journal.judgements).toHaveLength(OPTIONS.labels);
  const checkpoint = journal.checkpoints[journal.checkpoints.length - 1];
  const judged = journal.questions.map((question, i) => ({ ...question, judgement: journal.judgements[i] }));
  const from = { checkpoint, judged, lastSegment: 2 * judged.length, lastQuery: judged.length };

  const more = smallRun({ steps: 6_000, labels: OPTIONS.labels + 5 }, from);
  expect(await more.training.done).toBe("finished");
  expect(more.journal.judgements).toHaveLength(5);
  expect(more.journal.questions[0].query.id).toBe(judged.length + 1);
  expect(more.journal.metrics[0].steps).toBeGreaterThan(checkpoint.steps);
  // It learns at once: the untrained agent's clips are not asked for again.
  expect(more.journal.statuses.map(({ phase }) => phase)).not.toContain("asking");

  const evaluation = smallRun({ steps: 3_000 }, from, new Memory(), 6);
  await evaluation.training.done;
  expect(evaluation.journal.evaluation?.episodes).toBe(6);
  expect(evaluation.journal.metrics).toHaveLength(0);
});

test("a resumed run asks by k-center about what is unlike what it asked before it was stopped", async () => {
  const { training, journal } = smallRun({ steps: 3_000 });
  await training.done;
  // What somebody could not tell teaches the reward model nothing, whatever it was about.
  const firstAfter = async (selection: "k-center" | "disagreement", scale: number) => {
    const judged = journal.questions.slice(0, 9).map(({ query, segments }, i) => ({
      query,
      segments: segments.map((segment) => ({ ...segment, observations: segment.observations.map((x) => scale * x) })),
      judgement: { ...journal.judgements[i], answer: { kind: "comparison", choice: "cannot-tell" } as const },
    }));
    const more = smallRun({ steps: 3_000, selection }, { judged, lastSegment: 18, lastQuery: 9 });
    await more.training.done;
    return more.journal.questions[0].segments.map(({ observations }) => observations);
  };
  expect(await firstAfter("k-center", 1)).not.toEqual(await firstAfter("k-center", 0));
  expect(await firstAfter("disagreement", 1)).toEqual(await firstAfter("disagreement", 0));
});

test("a question that a simulated teacher was cut off from answering is withdrawn, and another asked", async () => {
  const { training, journal } = smallRun({ steps: 3_000 });
  await training.done;
  const comparisons = journal.questions.slice(0, 10);
  const judged = comparisons.slice(0, 9).map((comparison, i) => ({ ...comparison, judgement: journal.judgements[i] }));
  const from = { judged, open: comparisons.slice(9), lastSegment: 20, lastQuery: 10 };

  const more = smallRun({ steps: 3_000 }, from);
  expect(await more.training.done).toBe("finished");
  expect(more.journal.withdrawnQueries).toEqual([comparisons[9].query.id]);
  expect(more.journal.judgements).toHaveLength(OPTIONS.labels - 9);
});

test("a resumed run that needs labels before it may go on acts until there is something to ask about", async () => {
  const { training, journal } = smallRun({ steps: 3_000 });
  await training.done;
  const checkpoint = journal.checkpoints[journal.checkpoints.length - 1];
  const judged = journal.questions.slice(0, 15).map((comparison, i) => ({
    ...comparison,
    judgement: journal.judgements[i],
  }));
  const from = { checkpoint, judged, lastSegment: 30, lastQuery: 15 };

  const more = smallRun({ steps: 6_000, stepsPerLabel: 100 }, from);
  expect(await more.training.done).toBe("finished");
  expect(more.journal.judgements).toHaveLength(OPTIONS.labels - 15);
});

test("episodes too short for a clip end the run with a message", async () => {
  const { training } = smallRun({ task: new URL("../../test/hasty-world.ts", import.meta.url).href });
  await expect(training.done).rejects.toThrow("nothing to ask about: a clip takes 20 steps");
});

test("pairs are chosen at random where that is asked for", async () => {
  const { training, journal } = smallRun({ steps: 3_000, selection: "random" });
  await training.done;
  expect(new Set(journal.questions.map(({ query }) => query.selection))).toEqual(new Set(["initial", "random"]));
});

test("an evaluation of the finished agent repeats the run's own", async () => {
  const { training, journal } = smallRun({ steps: 3_000 });
  await training.done;
  const checkpoint = journal.checkpoints[journal.checkpoints.length - 1];
  const again = smallRun({ steps: 3_000 }, { checkpoint }, new Memory(), SMALL.evaluationEpisodes);
  await again.training.done;
  expect(again.journal.evaluation).toEqual(journal.evaluation);
});

test("with a person it waits for answers, says so, and goes no further than they allow", async () => {
  const journal = new Memory();
  const queue: Question[] = [];
  const { training } = smallRun({ teacher: "person", labels: 12, steps: 30_000, stepsPerLabel: 1_000 }, {}, journal);
  let answered = 0;
  let untrained = 0;
  let wanted = false;
  const answer = (): void => {
    const next = wanted ? queue.shift() : undefined;
    if (next === undefined) return;
    wanted = false;
    answered += 1;
    training.judge(judgement(next.query.id, answered % 3 === 0 ? "equal" : "left"));
  };
  journal.onAsked = (question) => {
    queue.push(question);
    answer();
  };
  journal.onChanged = ({ phase, steps, labels, waitingFor }) => {
    if (phase === "learning" && untrained === 0) untrained = steps;
    if (untrained > 0 && labels < 12) expect(steps - untrained).toBeLessThan(labels * 1_000 + 2 * ROLLOUT);
    wanted ||= waitingFor !== null;
    answer();
  };
  expect(await training.done).toBe("finished");
  expect(answered).toBe(12);
  const sentences = journal.statuses.map(({ waitingFor }) => waitingFor);
  expect(sentences).toContain("The agent starts to learn after 1 more answer.");
  expect(sentences.some((sentence) => sentence?.includes("1,000 steps"))).toBe(true);
  expect(journal.metrics[journal.metrics.length - 1].labels).toBe(12);
  // Nobody needs to answer what is still open when the run is over, and it says which those are.
  expect(journal.withdrawnQueries.length).toBe(journal.questions.length - 12);
});

test("an answer that is taken back no longer counts, and its query can be answered anew", async () => {
  const journal = new Memory();
  const { training } = smallRun({ teacher: "person", labels: 8, steps: 60_000 }, {}, journal);
  const labels: number[] = [];
  let first: Question | null = null;
  journal.onAsked = (question) => {
    first ??= question;
    if (question === first) training.judge(judgement(question.query.id, "left"));
  };
  const end = Promise.withResolvers<void>();
  journal.onChanged = ({ labels: count, phase }) => {
    if (phase === "asking" || phase === "waiting") labels.push(count);
    if (first === null) return;
    if (labels.includes(1) && count === 1) training.takeBack(judgement(first.query.id, "left"));
    if (labels.includes(1) && count === 0) {
      training.judge(judgement(first.query.id, "right"));
      end.resolve();
    }
  };
  await end.promise;
  journal.onChanged = () => {};
  training.stop();
  expect(await training.done).toBe("stopped");
  expect(journal.checkpoints[journal.checkpoints.length - 1].labels).toBe(1);
});

test("a stopped run leaves a checkpoint behind", async () => {
  const { training, journal } = smallRun({ steps: 1_000_000 });
  journal.onChanged = ({ phase }) => {
    if (phase === "learning") training.stop();
  };
  expect(await training.done).toBe("stopped");
  expect(journal.checkpoints.length).toBeGreaterThan(0);
  expect(journal.evaluation).toBe(null);
});

test("a world that breaks its word ends the run with a message that says how", async () => {
  const { training } = smallRun({ task: new URL("../../test/broken-world.ts", import.meta.url).href });
  await expect(training.done).rejects.toThrow(/broken-world.*NaN/s);
});

test("a simulated teacher needs a true reward", async () => {
  const { training } = smallRun({ task: new URL("../../test/rewardless-world.ts", import.meta.url).href });
  await expect(training.done).rejects.toThrow("no true reward");
});

test("a simulated teacher answers in every way that it is asked, in turn, and something is learned", async () => {
  const kinds = ["comparison", "good-bad", "rating", "ranking", "critique", "live", "stop"];
  const { training, journal } = smallRun({ feedback: kinds.join(","), labels: 70, steps: 4_000, workers: 1 });
  expect(await training.done).toBe("finished");
  const counts = kinds.map((kind) => journal.judgements.filter(({ answer }) => answer.kind === kind).length);
  expect(counts).toEqual(kinds.map(() => 10));
  for (const [i, { query, segments }] of journal.questions.entries()) {
    expect(journal.judgements[i].answer.kind).toBe(query.kind);
    expect(segments.map(({ id }) => id)).toEqual(query.segments);
    for (const { length, clip } of segments)
      expect([length, clip.poses.length]).toEqual([segments[0].length, clip.frames * 2 * 7]);
    if (!isStrip(query.kind)) continue;
    // A strip goes on where its last window ended: the ball is where the first observation of the next one says.
    for (const [w, next] of segments.slice(1).entries()) {
      const { observations, clip } = segments[w];
      expect(next.observations[0]).not.toBe(observations[0]);
      expect(clip.poses[clip.poses.length - 7]).toBeCloseTo(next.observations[0], 5);
    }
  }
  expect(journal.metrics.at(-1)?.rewardAccuracy).toBeGreaterThan(0.5);
  const recorded = journal.questions.map(({ segments }) =>
    segments.every(({ rewards }) => rewards.every(Number.isFinite)),
  );
  expect(recorded[0]).toBe(false);
  expect(recorded.at(-1)).toBe(true);
});

test("a person gets queries of the kind asked for, and what they bring unasked counts without being a label", async () => {
  const journal = new Memory();
  const { training } = smallRun({ teacher: "person", labels: 40, steps: 60_000 }, {}, journal);
  const asked = Promise.withResolvers<Question>();
  const learning = Promise.withResolvers<void>();
  journal.onAsked = (question) => {
    if (question.query.kind === "ranking") asked.resolve(question);
    else training.judge(judgement(question.query.id, "left"));
  };
  journal.onChanged = ({ phase }) => {
    if (phase === "learning") learning.resolve();
  };
  // Before anything has happened there is nothing to rank, and it comes when there is.
  training.request("ranking", 3);
  const { query, segments } = await asked.promise;
  expect([query.kind, query.segments.length, query.selection]).toEqual(["ranking", 4, "initial"]);
  training.judge({ ...judgement(query.id, "left"), answer: { kind: "ranking", order: [3, 1, 0, 2] } });
  const brought: Question = {
    query: { ...query, id: FIRST_VOLUNTEERED, kind: "demonstration", segments: [9, 10], selection: "volunteered" },
    segments: segments.slice(0, 2),
  };
  const shown: Judgement = { ...judgement(FIRST_VOLUNTEERED, "left"), answer: { kind: "demonstration" } };
  training.volunteer(brought, shown);
  training.volunteer(brought, shown);
  // One of another length fits nothing that is compared here.
  const short = segments.slice(0, 2).map((segment) => ({ ...segment, length: 3 }));
  training.volunteer(
    { query: { ...brought.query, id: FIRST_VOLUNTEERED + 1 }, segments: short },
    { ...shown, id: "short" },
  );
  training.weigh({ ada: 0.5 });
  await learning.promise;
  training.takeBack(shown);
  training.stop();
  expect(await training.done).toBe("stopped");
  const { labels } = journal.checkpoints[journal.checkpoints.length - 1];
  const answered = journal.questions.filter(({ query: { kind } }) => kind === "comparison").length;
  // Every comparison was answered, and one of the three rankings.
  expect(labels).toBe(answered + 1);
});
