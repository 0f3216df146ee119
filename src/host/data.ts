// Opens the data directory.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Store } from "../store/store.ts";
import { UsageError } from "./errors.ts";
import { readVersion } from "./version.ts";

/** For rooms that know no store. */
export { makeDirectory } from "../store/directory.ts";

/** Where runs are kept unless told otherwise, in the working directory. */
export const DEFAULT_DATA = "heed-data";

/** Opens the directory, which is made where there is none. Throws a StoreError where it cannot be used. */
export async function openData(directory: string = DEFAULT_DATA): Promise<Store> {
  const { openStore } = await import("../store/open.ts");
  return openStore(directory, readVersion());
}

/** Opens the directory of runs that are there already. Throws a UsageError where it holds none. */
export async function openExistingData(directory: string = DEFAULT_DATA): Promise<Store> {
  if (!existsSync(join(directory, "heed.sqlite"))) {
    throw new UsageError(
      `There are no runs in ${resolve(directory)}. Give the directory that holds them with --data, or start one with "heed teach hopper-backflip".`,
    );
  }
  return openData(directory);
}
