import { startResuming, startTeaching } from "../../host/teach.ts";
import { flagOptions, type GivenOptions, type trainOptions } from "../../host/options.ts";
import type { Output } from "../output.ts";
import { follow, type HostFlags } from "./follow.ts";

export type TeachFlags = HostFlags & Omit<GivenOptions, "task"> & { readonly name?: string };

export type TrainFlags = HostFlags & Pick<TeachFlags, (typeof trainOptions)[number] | "name">;

/** Starts a new run and follows it to its end. */
export function teach(output: Output, task: string, flags: TeachFlags): Promise<number> {
  const given = Object.fromEntries(flagOptions.map((name) => [name, flags[name]]));
  return follow(output, flags, (host) => startTeaching({ ...given, task, name: flags.name, ...host }));
}

/** Starts a run on the true reward, without a teacher, and follows it to its end. */
export function train(output: Output, task: string, flags: TrainFlags): Promise<number> {
  const { steps, seed, workers, name } = flags;
  return follow(output, flags, (host) => startTeaching({ task, teacher: "none", steps, seed, workers, name, ...host }));
}

/** Goes on with a run and follows it to its end. */
export function resume(output: Output, run: string, flags: HostFlags): Promise<number> {
  return follow(output, flags, (host) => startResuming(run, host));
}
