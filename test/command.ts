// Runs heed's command as a user does: as a process of its own.
import { spawn, type ChildProcessByStdio } from "node:child_process";
import type { Readable } from "node:stream";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const MAIN = fileURLToPath(new URL("../src/cli/main.ts", import.meta.url));

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A line of `--json` output. */
export interface Line {
  readonly event: string;
  readonly [key: string]: unknown;
}

export interface Command {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  readonly ended: Promise<Ended>;
  /** Resolves with the first line of JSON that passes; rejects where the command ends before it comes. */
  line(passes: (line: Line) => boolean): Promise<Line>;
}

/** Starts `heed` with these arguments, or another script that takes them. */
export function startCommand(
  args: readonly string[],
  { cwd, main = MAIN }: { cwd?: string; main?: string } = {},
): Command {
  const child = spawn(process.execPath, [main, ...args], {
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CI: "true" },
  });
  let stdout = "";
  let stderr = "";
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on("line", (text) => {
    stdout += `${text}\n`;
    if (text.startsWith("{")) lines.push(JSON.parse(text));
    for (const look of waiting) look();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, stdout, stderr })));
  return {
    process: child,
    ended,
    line: (passes) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.find((line) => passes(line));
          if (found === undefined) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void ended.then(({ code }) =>
          reject(new Error(`heed ended with ${code} before that line.\n${stdout}${stderr}`)),
        );
      }),
  };
}

/** Runs `heed` to its end. */
export function runCommand(args: readonly string[], options?: { cwd?: string; main?: string }): Promise<Ended> {
  return startCommand(args, options).ended;
}

/** The lines of `--json` output; throws where something else is among them. */
export function jsonLines(stdout: string): readonly Line[] {
  return stdout
    .split("\n")
    .filter((text) => text !== "")
    .map((text): Line => JSON.parse(text));
}
