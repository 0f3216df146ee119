// What runs of PPO came to, kept as one JSON object a line, so that a comparison of hours can be made by parts.
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import Type, { type Static } from "typebox";
import { Value } from "typebox/value";

/** One run that finished. */
export const Learned = Type.Object({
  task: Type.String(),
  seed: Type.Integer(),
  steps: Type.Integer(),
  /** What the run was made with: another set makes another run. */
  hyperparameters: Type.Record(Type.String(), Type.Unknown()),
  /** Mean true return of 20 episodes with the mean action. */
  evaluation: Type.Number(),
  /** Mean true return of the training episodes in the last tenth of the run. */
  training: Type.Number(),
  seconds: Type.Number(),
});
export type Learned = Static<typeof Learned>;

/**
 * The runs in a file, none where there is no file.
 * @throws Error that names the line which is no such run
 */
export function readLearned(file: string): Learned[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.flatMap((line, i) => {
    if (line === "") return [];
    try {
      return [Value.Parse(Learned, JSON.parse(line))];
    } catch (error) {
      throw new Error(`${file}, line ${i + 1}, is not a finished run; delete it to run it again.`, { cause: error });
    }
  });
}

export function appendLearned(file: string, run: Learned): void {
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(run)}\n`);
}

/** Whether the two are the same run, whatever came of it. */
export function sameRun(a: Omit<Learned, "evaluation" | "training" | "seconds">, b: typeof a): boolean {
  const same = Value.Equal(a.hyperparameters, b.hyperparameters);
  return a.task === b.task && a.seed === b.seed && a.steps === b.steps && same;
}
