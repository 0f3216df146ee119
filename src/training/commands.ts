// How the first thread tells the others what comes next, and what each command means on every thread.
import type { Evaluation } from "./journal.ts";
import type { Workbench } from "./workbench.ts";

/** Act without learning; act and learn to go elsewhere; act and learn; fit the reward model only; measure; end. */
const COMMANDS = ["act", "explore", "learn", "fit", "evaluate", "quit"] as const;
export type Command = (typeof COMMANDS)[number];

export class CommandBlock {
  readonly #words: Int32Array;
  readonly #rate: Float64Array;
  readonly #bench: Workbench;
  evaluation: Evaluation | null = null;

  /** @param buffer of 64 bytes, shared by all threads */
  constructor(buffer: SharedArrayBuffer, bench: Workbench) {
    this.#words = new Int32Array(buffer, 0, 2);
    this.#rate = new Float64Array(buffer, 16, 1);
    this.#bench = bench;
  }

  /**
   * Has every thread carry out a command, this one too, and returns when all are done.
   * @param count gradient steps of the reward model, or episodes to evaluate
   */
  order(command: Command, count = 0, learningRate = 0): void {
    this.#words[0] = COMMANDS.indexOf(command);
    this.#words[1] = count;
    this.#rate[0] = learningRate;
    this.obey();
  }

  /** Waits for the next command and carries it out. False when there is no more to come. */
  obey(): boolean {
    const bench = this.#bench;
    bench.team.barrier();
    const [code, count] = this.#words;
    const command = COMMANDS[code];
    const acts = command === "act" || command === "explore" || command === "learn";
    if (acts) bench.act();
    if (command === "explore") bench.explore(this.#rate[0]);
    if (command === "learn") bench.improve(this.#rate[0]);
    if (acts) bench.renewNormaliser();
    if (command === "learn" || command === "fit") bench.fit(count);
    if (command === "evaluate") this.evaluation = bench.evaluate(count);
    // Nobody may read the next command before all have read this one.
    bench.team.barrier();
    return command !== "quit";
  }
}
