// What threads say to the host and the host to them.
import type { Task } from "../environment/environment.ts";
import type { AskableKind, Judgement, Question } from "../feedback/judgement.ts";
import type { Journal } from "./journal.ts";
import type { Shared } from "./shared.ts";
import type { Start } from "./training.ts";
import type { KernelBuild } from "../kernel/kernel.ts";
import type { Hyperparameters } from "./hyperparameters.ts";

/** What a thread is started with. */
export interface Startup {
  readonly start: Start;
  readonly hyperparameters: Hyperparameters;
  readonly kernel: { readonly module: WebAssembly.Module; readonly build: KernelBuild };
  readonly index: number;
  /** Episodes to evaluate right away, instead of training. */
  readonly evaluate: number | null;
}

/** To the thread. The first one makes what is shared, the host hands it to the others. */
export type ToThread =
  | { readonly kind: "shared"; readonly shared: Shared }
  | { readonly kind: "judge"; readonly judgement: Judgement }
  | { readonly kind: "take-back"; readonly judgement: Judgement }
  | { readonly kind: "volunteer"; readonly question: Question; readonly judgement: Judgement }
  | { readonly kind: "request"; readonly feedback: AskableKind; readonly count: number }
  | { readonly kind: "weigh"; readonly weights: Readonly<Record<string, number>> }
  | { readonly kind: "stop" };

type Call<Name extends keyof Journal> = {
  readonly kind: "journal";
  readonly method: Name;
  readonly argument: Parameters<Journal[Name]>;
};

/** From the thread; only the first one speaks to the journal. */
export type FromThread =
  | { readonly kind: "shared"; readonly shared: Shared }
  | { [Name in keyof Journal]: Call<Name> }[keyof Journal]
  | { readonly kind: "done"; readonly outcome: "finished" | "stopped" }
  | { readonly kind: "failed"; readonly message: string };

/** A thread's end of the channel, and how it finds the task it is told to run. */
export interface WorkerPort {
  post(message: FromThread): void;
  onMessage(listener: (message: ToThread) => void): void;
  loadTask(reference: string): Promise<Task>;
}
