// Stands between training and an environment, so that nothing but whole, finite numbers gets through.
import type { BoxSpace, Environment, Outcome } from "./environment.ts";
import { measured, type MeasuredEnvironment } from "./measuring.ts";
import { restorable, type RestorableEnvironment, type StateArray } from "./restorable.ts";
import type { Scene } from "./scene.ts";

/** An environment broke its contract, or threw. The message names the task, the call and what was expected. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/**
 * The same environment, watched: each call that writes numbers must write all of them, finite, or an EnvironmentError
 * says which one it was and after which step. Observations of a `diverged` step are let through, since nobody may look
 * at them. Whatever the environment throws becomes an EnvironmentError too. Allocates nothing per step.
 */
export function guarded(environment: Environment, taskName: string): Environment {
  const withReward = measured(environment);
  return withReward === undefined ? new Guarded(environment, taskName) : new GuardedMeasured(withReward, taskName);
}

class Guarded implements RestorableEnvironment {
  readonly observationSpace: BoxSpace;
  readonly actionSpace: BoxSpace;
  readonly horizon: number;
  readonly stepSeconds: number;
  /** 0 where the world cannot be restored. */
  readonly stateSize: number;
  readonly #environment: Environment;
  readonly #restorable: RestorableEnvironment | undefined;
  readonly #taskName: string;
  #steps = 0;

  constructor(environment: Environment, taskName: string) {
    this.observationSpace = environment.observationSpace;
    this.actionSpace = environment.actionSpace;
    this.horizon = environment.horizon;
    this.stepSeconds = environment.stepSeconds;
    this.#restorable = restorable(environment);
    this.stateSize = this.#restorable?.stateSize ?? 0;
    this.#environment = environment;
    this.#taskName = taskName;
  }

  reset(seed: number, observation: Float32Array): void {
    this.#steps = 0;
    observation.fill(NaN);
    try {
      this.#environment.reset(seed, observation);
    } catch (error) {
      throw this.#failed("reset", error);
    }
    this.#demandFinite(observation, "reset");
  }

  step(action: Float32Array, observation: Float32Array): Outcome {
    this.#steps++;
    observation.fill(NaN);
    let outcome: Outcome;
    try {
      outcome = this.#environment.step(action, observation);
    } catch (error) {
      throw this.#failed("step", error);
    }
    if (outcome === "diverged") return outcome;
    if (outcome !== "running" && outcome !== "terminated" && outcome !== "truncated") {
      const found = JSON.stringify(outcome) ?? "nothing";
      throw this.#error("step", `returned ${found}; "running", "terminated", "truncated" or "diverged" was expected`);
    }
    this.#demandFinite(observation, "step");
    return outcome;
  }

  scene(): Scene {
    return this.#environment.scene();
  }

  pose(out: Float32Array): void {
    out.fill(NaN);
    try {
      this.#environment.pose(out);
    } catch (error) {
      throw this.#failed("pose", error);
    }
    this.#demandFinite(out, "pose");
  }

  state(out: StateArray): void {
    out.fill(NaN);
    try {
      this.#restorable?.state(out);
    } catch (error) {
      throw this.#failed("state", error);
    }
    this.#demandFinite(out, "state");
  }

  restore(state: StateArray): void {
    this.#restorable?.restore(state);
  }

  close(): void {
    this.#environment.close();
  }

  #demandFinite(values: StateArray, call: string): void {
    for (let i = 0; i < values.length; i++) {
      // Only of a finite number is the difference to itself 0.
      if (values[i] - values[i] !== 0) {
        const found = Number.isNaN(values[i]) ? "is NaN or was not written" : `is ${values[i]}`;
        const physics = call === "step" ? `; where the physics blew up, return "diverged"` : "";
        const expected = `all ${values.length} must be written and finite${physics}`;
        throw this.#error(call, `left numbers of which number ${i} ${found}, counted from 0: ${expected}`);
      }
    }
  }

  #failed(call: string, cause: unknown): EnvironmentError {
    const message = cause instanceof Error ? cause.message : String(cause);
    const hint =
      cause instanceof RangeError && /out of bounds|offset/i.test(message)
        ? `, which is what happens when more numbers are written than there is room for: ` +
          `the observation has ${this.observationSpace.size}, a pose 7 per body of the scene`
        : "";
    return this.#error(call, `threw "${message}"${hint}`, cause);
  }

  #error(call: string, what: string, cause?: unknown): EnvironmentError {
    const when = call === "reset" ? "" : ` (step ${this.#steps} of the episode)`;
    return new EnvironmentError(
      `The environment of "${this.#taskName}" is broken: ${call}${when} ${what}. ` +
        "`heed check-environment FILE` finds out more.",
      { cause },
    );
  }
}

class GuardedMeasured extends Guarded implements MeasuredEnvironment {
  readonly #measured: MeasuredEnvironment;

  constructor(environment: MeasuredEnvironment, taskName: string) {
    super(environment, taskName);
    this.#measured = environment;
  }

  trueReward(): number {
    return this.#measured.trueReward();
  }

  measures(): Readonly<Record<string, number>> {
    return this.#measured.measures();
  }
}
