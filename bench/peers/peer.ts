// One Python process that measures on request: a JSON object a line in, one a line out (protocol.py).
import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { createInterface, type Interface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Static, TSchema } from "typebox";
import { Value } from "typebox/value";

/** How much of what a script says to people is kept for the message where it fails. */
const KEPT_COMPLAINTS = 2_000;

export class Peer {
  readonly #script: string;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #lines: Interface;
  readonly #answers: AsyncIterator<string>;
  #complaints = "";

  /**
   * Starts a script of this folder. It stays up between requests, so that its imports are in no measurement.
   * @param python the interpreter, from `preparePython`
   * @param script such as "physics.py"
   */
  constructor(python: string, script: string) {
    this.#script = script;
    this.#process = spawn(python, [fileURLToPath(new URL(script, import.meta.url))], {
      // No graphics card takes part; neither do libraries that would report on their use.
      env: { ...process.env, CUDA_VISIBLE_DEVICES: "", PYTHONUNBUFFERED: "1" },
    });
    this.#process.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-KEPT_COMPLAINTS);
    });
    // A process that is gone shows as the end of its answers; writing to it must not end this one as well.
    this.#process.stdin.on("error", () => {});
    this.#process.on("error", (error) => (this.#complaints += error.message));
    this.#lines = createInterface(this.#process.stdout);
    this.#answers = this.#lines[Symbol.asyncIterator]();
  }

  /**
   * Has the script measure something. One request at a time.
   * @throws Error with the script's last words where it ends instead of answering, or answers something else
   */
  async ask<Schema extends TSchema>(request: object, answer: Schema): Promise<Static<Schema>> {
    this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    const { value: line, done } = await this.#answers.next();
    if (done === true) throw new Error(`${this.#script} ended without an answer. Its last words:\n${this.#complaints}`);
    return Value.Parse(answer, JSON.parse(line));
  }

  /** Ends the script. */
  close(): void {
    this.#process.stdin.end();
    this.#lines.close();
    this.#process.kill();
  }
}
