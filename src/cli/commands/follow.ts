// Shows a run on the way to its end: what teach and resume have in common.
import type { HostOptions, RunningRun, RunResult } from "../../host/run.ts";
import { hasScreen, openBrowser } from "../../host/browser.ts";
import { watchInterrupts } from "../interrupts.ts";
import type { Output } from "../output.ts";
import { duration, Progress, type Goal } from "../progress.ts";
import { evaluationText, flatEvaluation } from "../evaluation.ts";

export interface HostFlags {
  readonly data?: string;
  readonly port?: number;
  readonly open: boolean;
}

/** Starts the run, reports it and closes it; resolves with the exit code. */
export async function follow(
  output: Output,
  flags: HostFlags,
  start: (options: HostOptions) => Promise<RunningRun>,
): Promise<number> {
  let goal: Goal = { labels: 0, steps: 0 };
  let progress: Progress | null = null;
  const shown = (): Progress => (progress ??= new Progress(goal, output.people));
  let over = false;
  const interrupts = watchInterrupts(() => {
    if (over) return;
    progress?.clear();
    output.say("Stopping; everything is kept. Press Ctrl-C again to stop at once.");
  });
  const running = await start({
    data: flags.data,
    port: flags.port,
    signal: interrupts.signal,
    onProgress: (event) => {
      output.result(event.event === "evaluated" ? { event: "evaluated", ...flatEvaluation(event) } : event);
      switch (event.event) {
        case "started":
          goal = event.options;
          output.say(`Run ${event.run}${event.address === null ? "" : ` · page ${event.address}`}`);
          break;
        case "progress":
          shown().metrics(event);
          break;
        case "status":
          shown().status(event);
          if (event.phase === "stopped" && !over && !interrupts.signal.aborted) {
            progress?.clear();
            output.say("The run is paused. Resume it on its page, or press Ctrl-C to leave it as it is.");
          }
          break;
        case "warning":
          progress?.clear();
          output.say(`Warning: ${event.message}`);
          break;
        case "evaluated":
          break;
      }
    },
  });
  try {
    const { address } = running;
    const person = running.run.options.teacher === "person";
    if (address !== null && person && flags.open && hasScreen()) await openBrowser(address);
    const result = await running.done.finally(() => progress?.clear());
    over = true;
    report(output, result);
    if (address !== null && person && !output.json && result.outcome === "finished" && !interrupts.signal.aborted) {
      output.say(`The page stays at ${address} until you press Ctrl-C.`);
      await interrupts.first;
    }
    return 0;
  } finally {
    await running.close();
    interrupts.release();
  }
}

function report(output: Output, result: RunResult): void {
  const { outcome, run, labels, steps, evaluation } = result;
  // Node counts from the start of the process: what the user waited, loading included.
  const seconds = performance.now() / 1000;
  const text = [
    `${run} ${outcome}: ${labels} labels, ${steps} steps, ${duration(seconds)}.`,
    evaluation === null ? "" : ` ${evaluationText(evaluation)}`,
    outcome === "stopped" ? ` Go on with: heed resume ${run}` : ` See it with: heed watch ${run}`,
  ].join("");
  const flat = evaluation === null ? null : flatEvaluation(evaluation);
  output.result(
    { event: outcome, run, labels, steps, seconds: Math.round(seconds * 1000) / 1000, evaluation: flat },
    text,
  );
}
