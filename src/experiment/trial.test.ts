import { expect, test } from "vitest";
import { TASK } from "../../test/experiment-fixture.ts";
import { HYPERPARAMETERS } from "../training/hyperparameters.ts";
import { makeTrial, type TrialRequest } from "./trial.ts";

const request: TrialRequest = {
  task: TASK,
  title: "350 labels",
  options: { teacher: "simulated", labels: 350, steps: 1_000, seed: 2 },
};

test("a trial says what it is, and runs on one thread", () => {
  const { key, options } = makeTrial(request);
  expect(key).toMatch(/^point-mass, 350 labels, seed 2 #[0-9a-f]{12}$/);
  expect(options).toMatchObject({ task: TASK.reference, labels: 350, workers: 1, myopia: 1 });
});

test("what is not overridden is as usual, also within groups", () => {
  const { hyperparameters } = makeTrial({ ...request, hyperparameters: { members: 1, fit: { regularise: false } } });
  expect(hyperparameters).toEqual({
    ...HYPERPARAMETERS,
    members: 1,
    fit: { ...HYPERPARAMETERS.fit, regularise: false },
  });
});

test("everything that shapes the result is in the key, and nothing else", () => {
  const { options } = request;
  const others: TrialRequest[] = [
    { ...request, task: { ...TASK, identity: "another text" } },
    { ...request, options: { ...options, steps: 2_000 } },
    { ...request, options: { ...options, selection: "random" } },
    { ...request, options: { ...options, rationality: 1 } },
    { ...request, options: { ...options, seed: 3 } },
    { ...request, hyperparameters: { ppo: { clip: 0.3 } } },
    { ...request, hyperparameters: { offlineAfter: 0.25 } },
    { ...request, hyperparameters: { hidden: [64] } },
    { ...request, untrained: true },
    { ...request, gives: "judgements" },
    { ...request, gives: "demonstrations" },
    { ...request, source: makeTrial({ ...request, gives: "judgements" }) },
    { ...request, source: makeTrial({ ...request, gives: "demonstrations" }) },
    { ...request, source: makeTrial({ ...request, gives: "demonstrations", options: { ...options, seed: 3 } }) },
  ];
  const keys = [request, ...others].map((one) => makeTrial(one).key);
  expect(new Set(keys).size).toBe(keys.length);

  const { key } = makeTrial(request);
  // The same module elsewhere on the disk, the usual value said aloud, and another order of the same words.
  expect(makeTrial({ ...request, task: { ...TASK, reference: "file:///elsewhere.ts" } }).key).toBe(key);
  expect(makeTrial({ ...request, hyperparameters: { members: HYPERPARAMETERS.members } }).key).toBe(key);
  expect(makeTrial({ ...request, options: { seed: 2, steps: 1_000, labels: 350, teacher: "simulated" } }).key).toBe(
    key,
  );
});

test("options out of range are refused", () => {
  expect(() => makeTrial({ ...request, options: { ...request.options, mistake: 2 } })).toThrow(/mistake: expected/);
});

test("a head start is given and taken as everybody's runs are trained", () => {
  const gives = "demonstrations" as const;
  const hyperparameters = { segmentSeconds: 2 };
  expect(() => makeTrial({ ...request, gives, hyperparameters })).toThrow(/usual hyperparameters/);
  expect(() => makeTrial({ ...request, source: makeTrial({ ...request, gives }), hyperparameters })).toThrow(
    /usual hyperparameters/,
  );
  // With a head start the first label is enough to begin with, and the steps are spread over all others.
  const { options } = makeTrial({ ...request, source: makeTrial({ ...request, gives }) });
  expect(options.stepsPerLabel).toBe(
    makeTrial({ ...request, options: { ...request.options, from: "x.jsonl" } }).options.stepsPerLabel,
  );
});
