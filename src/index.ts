// heed as a library.
export { UsageError } from "./host/errors.ts";
export type { RunEvent } from "./host/events.ts";
export type { HostOptions, RunningRun, RunResult } from "./host/run.ts";
export { resume, startResuming, startTeaching, teach, type TeachOptions } from "./host/teach.ts";
export type { Evaluation, Metrics, Phase, Status } from "./training/journal.ts";
export type { TrainingOptions } from "./training/options.ts";
