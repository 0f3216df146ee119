// Starts the threads of a run, introduces them to each other, and hands what they say to the journal.
import type { KernelBuild } from "../kernel/kernel.ts";
import { HYPERPARAMETERS, type Hyperparameters } from "./hyperparameters.ts";
import type { Journal } from "./journal.ts";
import type { FromThread, Startup, ToThread } from "./messages.ts";
import type { Start, StartThread, Thread, Training } from "./training.ts";

export interface TrainingSetup {
  readonly start: Start;
  readonly startThread: StartThread;
  readonly journal: Journal;
  readonly kernel: { readonly module: WebAssembly.Module; readonly build: KernelBuild };
  /** Episodes to evaluate the agent of the checkpoint on, instead of training. */
  readonly evaluate?: number | undefined;
  readonly hyperparameters?: Hyperparameters | undefined;
}

export function startTraining(setup: TrainingSetup): Training {
  const { start, startThread, journal, kernel, evaluate = null, hyperparameters = HYPERPARAMETERS } = setup;
  const threads = Array.from({ length: start.options.workers }, (_, index): Thread => {
    const startup: Startup = { start, hyperparameters, kernel, index, evaluate };
    return startThread(startup);
  });
  const [first, ...others] = threads;
  const post = (thread: Thread, message: ToThread): void => thread.post(message);
  let over = false;

  const done = new Promise<"finished" | "stopped">((resolve, reject) => {
    const fail = (error: Error): void => {
      if (over) return;
      over = true;
      // The others wait for one that will not come.
      for (const thread of threads) thread.terminate();
      reject(error);
    };
    for (const thread of threads) {
      thread.onError(fail);
      thread.onMessage((received) => {
        // Threads of this run send nothing else.
        const message = received as FromThread;
        if (over) return;
        if (message.kind === "shared") for (const other of others) post(other, message);
        else if (message.kind === "failed") fail(new Error(message.message));
        else if (message.kind === "done") {
          // All threads have been told to quit, and end by themselves.
          over = true;
          resolve(message.outcome);
        } else forward(journal, message);
      });
    }
  });

  return {
    judge: (judgement) => post(first, { kind: "judge", judgement }),
    takeBack: (judgement) => post(first, { kind: "take-back", judgement }),
    volunteer: (question, judgement) => post(first, { kind: "volunteer", question, judgement }),
    request: (feedback, count) => post(first, { kind: "request", feedback, count }),
    weigh: (weights) => post(first, { kind: "weigh", weights }),
    stop: () => post(first, { kind: "stop" }),
    done,
  };
}

function forward(journal: Journal, { method, argument }: Extract<FromThread, { kind: "journal" }>): void {
  // The message's type ties the arguments to the method; a call through a union cannot express that.
  const call = journal[method] as (...argument: readonly unknown[]) => void;
  call.apply(journal, argument);
}
