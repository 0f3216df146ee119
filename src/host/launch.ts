// Training as this machine runs it: Node's threads, and the fastest kernel that its processor takes.
import { bestBuild } from "../kernel/kernel.ts";
import type { Journal } from "../training/journal.ts";
import { startTraining } from "../training/start.ts";
import type { Start, Training } from "../training/training.ts";
import { loadKernelModule } from "./kernel-module.ts";
import { startThread } from "./threads.ts";

/** @param evaluate episodes to evaluate the checkpoint's agent on, instead of training */
export function launchTraining(start: Start, journal: Journal, evaluate?: number): Training {
  const build = bestBuild();
  return startTraining({ start, startThread, journal, kernel: { module: loadKernelModule(build), build }, evaluate });
}
