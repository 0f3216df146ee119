// The true reward and the measures of a world travel in this type alone. Only simulated teachers, evaluation and
// benchmarks may import it: nothing on the way from a judgement to a policy update can see what it holds.
import type { Environment } from "./environment.ts";

export interface MeasuredEnvironment extends Environment {
  /** True reward of the last step. */
  trueReward(): number;
  /** Task measures of the episode so far, by name, such as `{ backflips: 3 }`. */
  measures(): Readonly<Record<string, number>>;
}

/** The environment with its true reward, or undefined where it has none. */
export function measured(environment: Environment): MeasuredEnvironment | undefined {
  const candidate: Partial<MeasuredEnvironment> = environment;
  return typeof candidate.trueReward === "function" && typeof candidate.measures === "function"
    ? // Both members were just found; the rest is an Environment already.
      (environment as MeasuredEnvironment)
    : undefined;
}
