// What every database that heed runs on must do. Add a dialect to `dialects` and the same tests run over it.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { chosen, comparison, judgement, metrics, newRun, temporaryDirectory } from "../../test/store-fixture.ts";
import type { ExportedJudgement } from "./export.ts";
import { openStore } from "./open.ts";
import type { Checkpoint } from "../training/journal.ts";
import type { Store } from "./store.ts";

const dialects = { sqlite: (directory: string) => openStore(directory, "0.1.0") };

describe.each(Object.entries(dialects))("%s", (_name, open) => {
  let directory: ReturnType<typeof temporaryDirectory>;
  let store: Store;
  beforeEach(async () => {
    directory = temporaryDirectory();
    store = await open(directory.path);
  });
  afterEach(async () => {
    await store.close();
    directory[Symbol.dispose]();
  });

  const startRun = async (): Promise<string> => {
    const { id } = await store.createRun(newRun());
    await store.claim(id);
    return id;
  };
  const reopen = async (): Promise<void> => {
    await store.close();
    store = await open(directory.path);
  };
  const openIds = async (run: string, limit = 10): Promise<number[]> =>
    (await store.openQueries(run, limit)).map(({ query }) => query.id);

  describe("runs", () => {
    test("are numbered per task and found by id and by name after a restart", async () => {
      const first = await store.createRun(newRun());
      const second = await store.createRun(newRun({ name: "for the talk" }));
      const other = await store.createRun(newRun({ task: "./My World.ts" }));
      expect([first.id, second.id, other.id]).toEqual(["hopper-backflip-1", "hopper-backflip-2", "my-world-ts-1"]);
      await reopen();
      expect(await store.findRun("hopper-backflip-1")).toEqual(first);
      expect(await store.findRun("for the talk")).toMatchObject({ ...newRun(), id: second.id, name: "for the talk" });
      expect((await store.listRuns()).map((run) => run.id).sort()).toEqual([first.id, second.id, other.id].sort());
    });

    test("an id is not given twice, nor one that is another run's name", async () => {
      await store.createRun(newRun({ name: "hopper-backflip-7" }));
      expect((await store.createRun(newRun())).id).toBe("hopper-backflip-8");
      const ids = await Promise.all(Array.from({ length: 5 }, async () => (await store.createRun(newRun())).id));
      expect(new Set(ids).size).toBe(5);
    });

    test.each(["hopper-backflip-1", "taken", "", " padded", "two\nlines", "x".repeat(65)])(
      "the name %j is refused",
      async (name) => {
        await store.createRun(newRun());
        await store.createRun(newRun({ name: "taken" }));
        await expect(store.createRun(newRun({ name }))).rejects.toMatchObject({ code: "bad-name" });
        expect(await store.listRuns()).toHaveLength(2);
      },
    );

    test("an unknown one is answered with the known ones", async () => {
      await expect(store.findRun("nothing")).rejects.toThrow("there are no runs yet");
      await store.createRun(newRun());
      await expect(store.findRun("nothing")).rejects.toMatchObject({
        code: "unknown-run",
        message: expect.stringContaining("hopper-backflip-1"),
      });
    });

    test("keep status and evaluation; a run that nobody works on has stopped", async () => {
      const run = await startRun();
      await store.updateStatus(run, { phase: "waiting", steps: 5, labels: 99, waitingFor: "an answer" });
      // Labels are counted, whatever the status says.
      expect((await store.findRun(run)).status).toEqual({
        phase: "waiting",
        steps: 5,
        labels: 0,
        waitingFor: "an answer",
      });
      const evaluation = { episodes: 20, trueReturn: 12.5, measures: { backflips: 3.2 } };
      await store.saveEvaluation(run, evaluation);
      await reopen();
      const found = await store.findRun(run);
      expect(found.status).toEqual({ phase: "stopped", steps: 5, labels: 0, waitingFor: null });
      expect(found.evaluation).toEqual(evaluation);
      expect(found.holder).toBeNull();
      await store.updateStatus(run, { phase: "finished", steps: 9, labels: 0, waitingFor: null });
      expect((await store.findRun(run)).status.phase).toBe("finished");
    });
  });

  describe("judgements", () => {
    test("open queries come oldest first, with their segments as they were", async () => {
      const run = await startRun();
      for (const id of [1, 2, 3]) await store.ask(run, comparison(id));
      expect(await store.latestClip(run)).toEqual(comparison(3).segments[1].clip);
      expect(await store.openQueries(run, 2)).toEqual([comparison(1), comparison(2)]);
      expect(await store.countOpenQueries(run)).toBe(3);
      await store.withdraw(run, 2);
      expect(await openIds(run)).toEqual([1, 3]);
    });

    test("two queries may share a segment", async () => {
      const run = await startRun();
      const first = comparison(1);
      const { query, segments } = comparison(2);
      const shared = [first.segments[0], segments[1]];
      const second = { query: { ...query, segments: shared.map(({ id }) => id) }, segments: shared };
      await store.ask(run, first);
      await store.ask(run, second);
      expect(await store.openQueries(run, 2)).toEqual([first, second]);
    });

    test("an answer counts once, however often it is sent", async () => {
      const run = await startRun();
      await store.ask(run, comparison(1));
      await store.ask(run, comparison(2));
      const answer = judgement("a", 1);
      const outcomes = await Promise.all([1, 2, 3].map(() => store.judge(run, answer)));
      expect(outcomes).toEqual([
        { outcome: "stored", labels: 1 },
        { outcome: "known", labels: 1 },
        { outcome: "known", labels: 1 },
      ]);
      expect(await openIds(run)).toEqual([2]);
      expect((await store.findRun(run)).status.labels).toBe(1);
    });

    test("what contradicts an answer is refused with the reason", async () => {
      const run = await startRun();
      for (const id of [1, 2, 3]) await store.ask(run, comparison(id));
      await store.judge(run, judgement("a", 1));
      await store.withdraw(run, 3);
      const reasons = [
        [judgement("a", 1, { answer: chosen("right") }), "another judgement with the id a"],
        [judgement("a", 2), "another judgement with the id a"],
        [judgement("a", 1, { annotator: "Ana" }), "another judgement with the id a"],
        [judgement("a", 1, { decisionMilliseconds: null }), "another judgement with the id a"],
        [judgement("b", 1), "Query 1 has been answered"],
        [judgement("b", 3), "Query 3 was withdrawn"],
      ] as const;
      for (const [answer, reason] of reasons) {
        expect(await store.judge(run, answer)).toEqual({
          outcome: "conflict",
          reason: expect.stringContaining(reason),
        });
      }
      expect(await store.judge(run, judgement("b", 4))).toEqual({ outcome: "unknown-query" });
      expect((await store.resume(run)).start.judged).toEqual([{ ...comparison(1), judgement: judgement("a", 1) }]);
    });

    test("withdrawing a query that was answered leaves the answer standing", async () => {
      const run = await startRun();
      await store.ask(run, comparison(1));
      await store.judge(run, judgement("a", 1));
      await store.withdraw(run, 1);
      expect((await store.resume(run)).start.judged).toHaveLength(1);
    });

    test("an answer taken back no longer counts, and its query is asked first", async () => {
      const run = await startRun();
      for (const id of [1, 2, 3, 4]) await store.ask(run, comparison(id));
      for (const id of [1, 2, 3]) await store.judge(run, judgement(`j${id}`, id));
      expect(await store.takeBack(run, "j1")).toMatchObject({ labels: 2 });
      expect(await store.takeBack(run, "j2")).toEqual({
        outcome: "taken-back",
        again: false,
        judgement: judgement("j2", 2),
        labels: 1,
        question: comparison(2),
      });
      expect(await store.takeBack(run, "j1")).toMatchObject({ outcome: "taken-back", again: true, labels: 1 });
      expect(await openIds(run)).toEqual([2, 1, 4]);
      expect(await store.takeBack(run, "nothing")).toEqual({ outcome: "unknown-judgement" });

      // The same id is spent, a new one answers anew.
      expect(await store.judge(run, judgement("j2", 2))).toMatchObject({ outcome: "conflict" });
      expect(await store.judge(run, judgement("k2", 2, { answer: chosen("equal") }))).toEqual({
        outcome: "stored",
        labels: 2,
      });
      expect(await store.takeBack(run, "j2")).toMatchObject({ outcome: "conflict" });
      expect((await store.resume(run)).start.judged.map((judged) => judged.judgement.id)).toEqual(["j3", "k2"]);
    });

    test("the last one that stands is known, per annotator too", async () => {
      const run = await startRun();
      for (const id of [1, 2]) await store.ask(run, comparison(id));
      expect(await store.lastJudgement(run)).toBeNull();
      await store.judge(run, judgement("a", 1, { annotator: "Ana" }));
      await store.judge(run, judgement("b", 2, { annotator: "Bo", answer: chosen("equal") }));
      expect(await store.lastJudgement(run)).toEqual({ id: "b", query: 2, answer: chosen("equal") });
      expect(await store.lastJudgement(run, "Ana")).toEqual({ id: "a", query: 1, answer: chosen("left") });
      await store.takeBack(run, "b");
      expect(await store.lastJudgement(run)).toMatchObject({ id: "a" });
    });

    test("runs do not see each other's", async () => {
      const one = await startRun();
      const two = await startRun();
      await store.ask(one, comparison(1));
      await store.ask(two, comparison(1));
      await store.judge(one, judgement("a", 1));
      expect(await openIds(two)).toEqual([1]);
      expect(await store.judge(two, judgement("a", 1, { answer: chosen("right") }))).toMatchObject({
        outcome: "stored",
      });
      await store.takeBack(two, "a");
      expect((await store.resume(one)).start.judged).toHaveLength(1);
    });

    test("are exported with what was compared, those taken back left out", async () => {
      const run = await startRun();
      for (let id = 1; id <= 45; id++) {
        await store.ask(run, comparison(id));
        await store.judge(run, judgement(`j${id}`, id));
      }
      await store.takeBack(run, "j7");
      const lines: ExportedJudgement[] = [];
      for await (const line of store.exportJudgements(run)) lines.push(JSON.parse(JSON.stringify(line)));
      expect(lines.map((line) => line.query.id)).toEqual(
        [...Array(45).keys()].map((i) => i + 1).filter((i) => i !== 7),
      );
      const [{ judgement: answer, segments, ...line }] = lines;
      const [left] = segments;
      expect(line).toMatchObject({ format: "heed-judgement", version: 2, run, task: "hopper-backflip" });
      expect(answer).toMatchObject({
        id: "j1",
        answer: chosen("left"),
        annotator: "person",
        decisionMilliseconds: 812.5,
      });
      expect(new Date(answer.answeredAt).getTime()).toBeLessThanOrEqual(Date.now());
      const { clip, observations, actions } = comparison(1).segments[0];
      expect(left.observations.map((row) => row.length)).toEqual([2, 2]);
      expect(Float32Array.from(left.observations.flat())).toEqual(observations);
      expect(Float32Array.from(left.actions.flat())).toEqual(actions);
      expect(left.clip.poses).toHaveLength(clip.frames);
      expect(Float32Array.from(left.clip.poses.flat())).toEqual(clip.poses);
    });
  });

  describe("metrics", () => {
    test("are thinned evenly, and the last line is always there", async () => {
      const run = await startRun();
      expect(await store.listMetrics(run, 5)).toEqual([]);
      for (let steps = 1; steps <= 12; steps++) await store.addMetrics(run, metrics(steps));
      expect((await store.listMetrics(run, 5)).map((line) => line.steps)).toEqual([3, 6, 9, 12]);
      expect((await store.listMetrics(run, 1)).map((line) => line.steps)).toEqual([12]);
      expect(await store.listMetrics(run, 500)).toEqual(Array.from({ length: 12 }, (_, i) => metrics(i + 1)));
    });
  });

  describe("resuming", () => {
    test("a new run starts from nothing", async () => {
      const run = await startRun();
      expect(await store.resume(run)).toEqual({
        start: {
          options: newRun().options,
          checkpoint: null,
          judged: [],
          open: [],
          lastSegment: 0,
          lastQuery: 0,
        },
        warnings: [],
      });
    });

    test("a run goes on from its checkpoint with everything that people said", async () => {
      const run = await startRun();
      for (const id of [1, 2, 3]) await store.ask(run, comparison(id));
      await store.judge(run, judgement("a", 2));
      await store.withdraw(run, 3);
      for (const steps of [10, 20, 30]) await store.addMetrics(run, metrics(steps));
      const checkpoint: Checkpoint = {
        steps: 20,
        labels: 1,
        tensors: new Map([
          ["policy/weights", { shape: [2, 1], data: Float32Array.of(1.5, -2) }],
          ["moments", { shape: [], data: Float64Array.of(Math.PI) }],
        ]),
        state: { random: 0.1, schedule: 2 ** 31 },
      };
      await store.saveCheckpoint(run, checkpoint);
      await reopen();
      await store.claim(run);
      expect(await store.resume(run)).toEqual({
        start: {
          options: newRun().options,
          checkpoint,
          judged: [{ ...comparison(2), judgement: judgement("a", 2) }],
          open: [comparison(1)],
          lastSegment: 6,
          lastQuery: 3,
        },
        warnings: [],
      });
      expect((await store.listMetrics(run, 10)).map((line) => line.steps)).toEqual([10, 20]);
    });
  });
});
