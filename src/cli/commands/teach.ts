import { startResuming, startTeaching } from "../../host/teach.ts";
import { flagOptions, type GivenOptions } from "../../host/options.ts";
import type { Output } from "../output.ts";
import { follow, type HostFlags } from "./follow.ts";

export type TeachFlags = HostFlags & Omit<GivenOptions, "task"> & { readonly name?: string };

/** Starts a new run and follows it to its end. */
export function teach(output: Output, task: string, flags: TeachFlags): Promise<number> {
  const given = Object.fromEntries(flagOptions.map((name) => [name, flags[name]]));
  return follow(output, flags, (host) => startTeaching({ ...given, task, name: flags.name, ...host }));
}

/** Goes on with a run and follows it to its end. */
export function resume(output: Output, run: string, flags: HostFlags): Promise<number> {
  return follow(output, flags, (host) => startResuming(run, host));
}
