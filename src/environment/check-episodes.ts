// What an environment does: episodes are played in it and every call is looked at.
import type { Finding } from "./check.ts";
import type { Environment, Outcome } from "./environment.ts";
import { measured } from "./measuring.ts";
import { Random } from "./random.ts";
import { POSE_NUMBERS_PER_BODY } from "./scene.ts";

const OUTCOMES: readonly unknown[] = ["running", "terminated", "truncated", "diverged"] satisfies Outcome[];
const MAX_STEPS = 10_000;
/** Room behind an observation's end, to see writes beyond it. */
const BEYOND = 8;
/** Float32 rounds observations; as little as this past a bound, relative to it, is rounding. */
const ROUNDING = 1e-6;

type Choose = (random: Random, low: number, high: number) => number;
const evenly: Choose = (random, low, high) => low + (high - low) * random.float();

/** Plays episodes in two environments of the same task. Throws what they throw. */
export function checkEpisodes(environment: Environment, second: Environment): Finding[] {
  const check = new EpisodeCheck(environment);
  check.starts();
  check.overruns();
  check.episode("actions drawn evenly from their bounds", evenly);
  check.episode("every action at its lower bound", (_random, low) => low);
  check.episode("every action at its upper bound", (_random, _low, high) => high);
  check.repeats(second);
  return [...check.findings.values()];
}

class EpisodeCheck {
  /** The first of each kind: an environment that is wrong once is wrong in most steps. */
  readonly findings = new Map<string, Finding>();
  readonly #environment: Environment;
  readonly #observation: Float32Array;
  readonly #pose: Float32Array;
  #measures: string | undefined;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.#observation = new Float32Array(environment.observationSpace.size);
    this.#pose = new Float32Array(environment.scene().bodies.length * POSE_NUMBERS_PER_BODY);
  }

  /** The first observation of an episode: whole, and a matter of the seed alone. */
  starts(): void {
    const start = (seed: number) => {
      this.#reset(seed);
      return this.#observation.slice();
    };
    const [first, other, again] = [start(1), start(2), start(1)];
    const differs = first.findIndex((value, i) => !Object.is(value, again[i]));
    if (differs >= 0) {
      this.#add("start", {
        severity: "error",
        wrong: `reset(1) wrote ${first[differs]} and later ${again[differs]} as number ${differs} of the observation.`,
        expected: "The same seed gives the same start.",
        advice:
          "Draw from `new Random(seed)` alone, never from Math.random, and set back everything that steps change.",
      });
    } else if (first.every((value, i) => Object.is(value, other[i]))) {
      this.#add("start", {
        severity: "warning",
        wrong: "reset(1) and reset(2) begin alike.",
        expected: "Episodes that begin a little differently: a policy learns more from them.",
        advice: "Add noise to the start, drawn from `new Random(seed)`.",
      });
    }
  }

  /** Writes past the end of an observation vanish without a word; given more room, they show. */
  overruns(): void {
    const { size } = this.#environment.observationSpace;
    const roomy = new Float32Array(size + BEYOND).fill(NaN);
    try {
      this.#environment.reset(1, roomy);
    } catch {
      // An environment may look at the length, and rightly refuse.
      return;
    }
    const written = roomy.findLastIndex((value) => !Number.isNaN(value)) + 1;
    // All of it is written by an environment that goes by the array's length, which is right.
    if (written > size && written < roomy.length) {
      this.#add("overrun", {
        severity: "error",
        wrong: `reset writes ${written} numbers, observationSpace.size is ${size}.`,
        expected: "As many numbers as the space says, in every call.",
        advice: "Correct observationSpace, or write fewer.",
      });
    }
  }

  /** One whole episode, and the reset that follows it. */
  episode(how: string, choose: Choose): void {
    const { actionSpace, horizon } = this.#environment;
    const random = new Random(1);
    const action = new Float32Array(actionSpace.size);
    this.#reset(3);
    let outcome: Outcome = "running";
    let steps = 0;
    while (outcome === "running" && steps < Math.min(horizon, MAX_STEPS)) {
      fill(action, this.#environment, random, choose);
      const given = action.slice();
      outcome = this.#environment.step(action, this.#observation.fill(NaN));
      steps++;
      const when = `In step ${steps} with ${how}`;
      if (!OUTCOMES.includes(outcome)) {
        this.#add("outcome", {
          severity: "error",
          wrong: `${when}, step returned ${JSON.stringify(outcome) ?? "nothing"}.`,
          expected: `One of ${OUTCOMES.join(", ")}.`,
          advice: 'Return "running" while the episode goes on.',
        });
        return;
      }
      if (!action.every((value, i) => Object.is(value, given[i]))) {
        this.#add("action", {
          severity: "error",
          wrong: `${when}, step changed the action that it was given.`,
          expected: "The action is read only: the policy learns from it afterwards.",
          advice: "Copy the action before you clip or scale it.",
        });
      }
      if (outcome === "diverged") {
        this.#add("diverged", {
          severity: "warning",
          wrong: `${when}, the physics blew up.`,
          expected: "Physics that stays sane for actions within their bounds: nobody learns from what diverged.",
          advice: "Make forces or the time step smaller.",
        });
      } else {
        this.#look(when);
      }
    }
    if (outcome === "running" && steps === horizon) {
      this.#add("horizon", {
        severity: "error",
        wrong: `After ${steps} steps with ${how} the episode still goes on; horizon is ${horizon}.`,
        expected: 'Step number `horizon` returns "truncated", unless something else ended the episode.',
        advice: 'Count steps, and return "truncated" when the count reaches the horizon.',
      });
    }
    this.#reset(4);
  }

  /** The same seed and actions give the same episode, even while another environment is used in between. */
  repeats(second: Environment): void {
    const alone = this.#trajectory(undefined);
    const wrong =
      this.#trajectory(undefined) !== alone
        ? "The same seed and actions gave another episode the second time."
        : this.#trajectory(second) !== alone
          ? "An episode went differently while another environment was used in between."
          : undefined;
    // A start that differs has been reported already.
    if (wrong === undefined || this.findings.get("start")?.severity === "error") return;
    this.#add("repeat", {
      severity: "error",
      wrong,
      expected: "The same seed and actions give the same observations and outcomes.",
      advice: "Keep all state in the instance, draw from `new Random(seed)` alone, and set everything back in reset.",
    });
  }

  #trajectory(other: Environment | undefined): string {
    const environment = this.#environment;
    const random = new Random(5);
    const action = new Float32Array(environment.actionSpace.size);
    const unseen = new Float32Array(environment.observationSpace.size);
    const seen: string[] = [];
    environment.reset(6, this.#observation.fill(NaN));
    let outcome: Outcome = "running";
    let otherOutcome: Outcome | undefined;
    for (let step = 0; step < 200 && outcome === "running"; step++) {
      fill(action, environment, random, evenly);
      if (other !== undefined) {
        if (otherOutcome !== "running") other.reset(step, unseen);
        otherOutcome = other.step(action.slice(), unseen);
      }
      outcome = environment.step(action, this.#observation.fill(NaN));
      seen.push(outcome, this.#observation.join());
    }
    return seen.join("\n");
  }

  #reset(seed: number): void {
    this.#environment.reset(seed, this.#observation.fill(NaN));
    this.#look(`After reset(${seed})`);
  }

  /** Looks at everything that can be read after a call. */
  #look(when: string): void {
    this.#lookAtObservation(when);
    this.#lookAtPose(when);
    const environment = measured(this.#environment);
    if (environment === undefined) return;
    const reward = environment.trueReward();
    const measures = environment.measures();
    const names = Object.keys(measures).sort().join(", ");
    this.#measures ??= names;
    const wrong = !Number.isFinite(reward)
      ? `trueReward() is ${reward}`
      : names !== this.#measures
        ? `measures() has ${names || "nothing"}, and had ${this.#measures || "nothing"} before`
        : Object.entries(measures)
            .filter(([, value]) => !Number.isFinite(value))
            .map(([name, value]) => `measures().${name} is ${value}`)[0];
    if (wrong === undefined) return;
    this.#add("measured", {
      severity: "error",
      wrong: `${when}, ${wrong}.`,
      expected: "Finite numbers, under the same names, from the first reset on.",
      advice: "Set them in reset: the reward to 0, the measures to what an episode of no steps has.",
    });
  }

  #lookAtObservation(when: string): void {
    const { low, high } = this.#environment.observationSpace;
    const observation = this.#observation;
    const unwritten = observation.findIndex((value) => !Number.isFinite(value));
    if (unwritten >= 0) {
      const value = observation[unwritten];
      this.#add("observation", {
        severity: "error",
        wrong: `${when}, number ${unwritten} of the observation ${Number.isNaN(value) ? "was not written, or is NaN" : `is ${value}`}.`,
        expected: `All ${observation.length} numbers are written in every call, and finite.`,
        advice: 'Write all of them; where the physics blew up, return "diverged".',
      });
      return;
    }
    const outside = observation.findIndex((value, i) => {
      const slack = ROUNDING * Math.max(1, Math.abs(value));
      return value < low[i] - slack || value > high[i] + slack;
    });
    if (outside < 0) return;
    this.#add("bounds", {
      severity: "error",
      wrong: `${when}, number ${outside} of the observation is ${observation[outside]}.`,
      expected: `Its bounds are ${low[outside]} to ${high[outside]}.`,
      advice: "Correct the bounds of observationSpace (infinite ones are allowed), or clip.",
    });
  }

  #lookAtPose(when: string): void {
    const pose = this.#pose.fill(NaN);
    this.#environment.pose(pose);
    const unwritten = pose.findIndex((value) => !Number.isFinite(value));
    const body = Math.floor(unwritten / POSE_NUMBERS_PER_BODY);
    let wrong =
      unwritten < 0
        ? undefined
        : `number ${unwritten % POSE_NUMBERS_PER_BODY} of body ${body} was not written, or is not finite`;
    for (let i = 0; wrong === undefined && i < pose.length; i += POSE_NUMBERS_PER_BODY) {
      const norm = Math.hypot(pose[i + 3], pose[i + 4], pose[i + 5], pose[i + 6]);
      if (Math.abs(norm - 1) > 1e-3) wrong = `the rotation of body ${i / POSE_NUMBERS_PER_BODY} has length ${norm}`;
    }
    if (wrong === undefined) return;
    this.#add("pose", {
      severity: "error",
      wrong: `${when}, in the pose ${wrong}.`,
      expected: "Per body of the scene x, y, z and a unit quaternion w, x, y, z, all written and finite.",
      advice: "A body that never turns has the quaternion 1, 0, 0, 0.",
    });
  }

  #add(kind: string, finding: Finding): void {
    if (!this.findings.has(kind)) this.findings.set(kind, finding);
  }
}

/** Unbounded actions are tried within 1 of a bound, or of 0 where they have none. */
function fill(action: Float32Array, { actionSpace }: Environment, random: Random, choose: Choose): void {
  for (let i = 0; i < action.length; i++) {
    const [low, high] = [actionSpace.low[i], actionSpace.high[i]];
    const lowest = Number.isFinite(low) ? low : Number.isFinite(high) ? high - 1 : -1;
    action[i] = choose(random, lowest, Number.isFinite(high) ? high : lowest + 2);
  }
}
