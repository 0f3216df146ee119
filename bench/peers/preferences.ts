// Learning from a synthetic teacher's labels: imitation's preference comparisons beside `heed teach`.
import Type from "typebox";
import { RANDOM_ANSWERS } from "../../src/feedback/logistic.ts";
import { HYPERPARAMETERS } from "../../src/training/hyperparameters.ts";
import { newComparison, push, type Bench, type Findings, type Part } from "./comparison.ts";
import { commonReturn, CurveLine, finalReturn, secondsTo } from "./curve.ts";
import { runHeed } from "./heed-run.ts";
import { peerHyperparameters } from "./hyperparameters.ts";

const LABELS = 200;
/** Simulated seconds of a step of the hopper. */
const STEP_SECONDS = 0.008;
/** imitation's ensemble, as large as the paper's and B-Pref's; heed's is its own. */
const MEMBERS = 3;
const REWARD_HIDDEN = [64, 64];
/** imitation's agent learns once more than there are rounds, a rollout each time. */
const ROUNDS = 9;
/** Environments of imitation's agent, each in a process: in a rollout on two cores every one ends an episode. */
const ENVIRONMENTS = 8;
/** What imitation's reward trainer takes where it is told nothing, and the passes that imitation's own script sets. */
const FIT_BATCH = 32;
const FIT_LEARNING_RATE = 1e-3;
const FIT_EPOCHS = 3;

const Taught = Type.Object({
  steps: Type.Number(),
  labels: Type.Number(),
  seconds: Type.Number(),
  curve: Type.Array(CurveLine),
});

export const preferences: Part = { name: "preferences", title: "Learning from comparisons", measure };

async function measure({ repetitions, cores, peer, tell }: Bench): Promise<Findings> {
  const imitation = peer("preference_comparisons.py");
  const { firstFitSteps, initialShare, segmentSeconds } = HYPERPARAMETERS;
  const hyperparameters = peerHyperparameters(cores);
  const request = {
    environment: "Hopper-v5",
    fixedHorizon: true,
    environments: ENVIRONMENTS,
    vector: "SubprocVecEnv",
    threads: 1,
    hyperparameters,
    steps: ROUNDS * hyperparameters.rows,
    rounds: ROUNDS,
    labels: LABELS,
    initialShare,
    members: MEMBERS,
    rewardHidden: REWARD_HIDDEN,
    fragmentLength: Math.round(segmentSeconds / STEP_SECONDS),
    randomAnswers: RANDOM_ANSWERS,
    fitBatch: FIT_BATCH,
    fitEpochs: FIT_EPOCHS,
    fitLearningRate: FIT_LEARNING_RATE,
    // As many gradient steps on the first labels as heed takes.
    initialEpochMultiplier: firstFitSteps / (FIT_EPOCHS * Math.ceil((initialShare * LABELS) / FIT_BATCH)),
  };
  const named = "imitation, Stable-Baselines3";
  const steps = newComparison("time to the same number of steps", "s", named, "smaller", 8);
  const reached = newComparison("time to the highest return that both reached", "s", named, "smaller", null);
  let taken = 0;
  for (let seed = 1; seed <= repetitions; seed++) {
    const theirs = await imitation.ask({ ...request, seed }, Taught);
    taken = theirs.steps;
    const heed = await runHeed({
      task: "hopper-fixed-horizon",
      teacher: "simulated",
      labels: theirs.labels,
      steps: taken,
      // What imitation does.
      selection: "disagreement",
      seed,
      workers: cores,
    });
    const common = commonReturn(heed.curve, theirs.curve);
    push(steps, heed.seconds, theirs.seconds);
    push(reached, secondsTo(common, heed.curve), secondsTo(common, theirs.curve));
    tell(
      `preferences, repetition ${seed} of ${repetitions}: ${taken} steps in ${heed.seconds.toFixed(1)} and ` +
        `${theirs.seconds.toFixed(1)} s; final returns ${Math.round(finalReturn(heed.curve))} and ` +
        `${Math.round(finalReturn(theirs.curve))}; both reached ${Math.round(common)}`,
    );
  }
  return {
    comparisons: [steps, reached],
    notes: [
      `Hopper-v5 with episodes of 1,000 steps, in which a robot that falls is put back up at a cost; ${LABELS} labels ` +
        `by a teacher without mistakes, ${taken.toLocaleString("en")} steps, a seed per repetition. Both choose ` +
        `comparisons of ${segmentSeconds} simulated seconds by disagreement, have the same PPO, and take ` +
        `${firstFitSteps} gradient steps on the first ${initialShare * LABELS} labels; after every rollout imitation ` +
        `takes ${FIT_EPOCHS} passes over all labels in batches of ${FIT_BATCH}, as its own script does, and heed ${HYPERPARAMETERS.fitSteps} ` +
        `gradient steps. imitation has ${MEMBERS} reward networks of ${REWARD_HIDDEN.join(" and ")} units, heed ` +
        `${HYPERPARAMETERS.members} of ${HYPERPARAMETERS.rewardHidden.join(" and ")}. imitation has ${ENVIRONMENTS} ` +
        `environments in processes of their own, and one PyTorch thread.`,
    ],
  };
}
