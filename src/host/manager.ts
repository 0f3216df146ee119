// The runs of one data directory in one process: which of them go on, and what people may do with each.
import { ApiError } from "../server/errors.ts";
import type { ForkWanted, LiveRun, Offer, RunDirectory } from "../server/live.ts";
import type { RunAction } from "../server/runs-api.ts";
import { InOrder } from "../store/in-order.ts";
import type { Run, Store } from "../store/store.ts";
import type { Phase } from "../training/journal.ts";
import { type ActiveRun, beginRun, defaultLaunch, type LaunchTraining } from "./active-run.ts";
import { messageOf, UsageError } from "./errors.ts";
import type { RunEvent } from "./events.ts";
import { forkOptions } from "./fork-options.ts";
import { checkHeadStart } from "./head-start.ts";
import { loadTask } from "./load-task.ts";
import { look } from "./look.ts";
import { chosenTask, offer, ownTasks } from "./offer.ts";
import { fillOptions, type GivenOptions } from "./options.ts";

/** Days for which a deleted run can be restored. */
export const GRACE_DAYS = 7;
const OVER: ReadonlySet<Phase> = new Set(["finished", "stopped", "failed"]);
const DAY = 24 * 60 * 60 * 1000;

export interface ManagerOptions {
  readonly store: Store;
  readonly launch?: LaunchTraining | undefined;
  /** Runs that may learn at the same time; 1 where it is left out, since one takes all cores unless told otherwise. */
  readonly atOnce?: number | undefined;
  /** Hears what every run says. */
  readonly onProgress?: ((run: string, event: RunEvent) => void) | undefined;
}

/** Works on runs of the store, which stays open when the manager is closed. One change is made at a time. */
export class RunManager implements RunDirectory {
  readonly #store: Store;
  readonly #options: ManagerOptions;
  readonly #active = new Map<string, { readonly run: ActiveRun; readonly ended: Promise<void> }>();
  readonly #problems = new Map<string, string>();
  readonly #listeners = new Set<(run: string) => void>();
  readonly #changes = new InOrder();
  #address: string | null = null;
  #closed = false;

  constructor(options: ManagerOptions) {
    this.#store = options.store;
    this.#options = options;
  }

  live(run: string): LiveRun | null {
    return this.#active.get(run)?.run.live ?? null;
  }

  subscribe(listener: (run: string) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  problem(run: string): string | null {
    return this.#problems.get(run) ?? null;
  }

  actions(run: Run): readonly RunAction[] {
    if (run.deleted !== null) return ["restore"];
    if (this.#goesOn(run.id)) return ["pause", "fork", "delete"];
    // Another process works on it.
    if (run.holder !== null && !this.#active.has(run.id)) return ["fork"];
    return run.status.phase === "finished" ? ["fork", "delete"] : ["resume", "fork", "delete"];
  }

  async offer(): Promise<Offer> {
    return offer(await ownTasks(this.#store));
  }

  /** Tells other processes where this one shows the runs that it works on, now and later. */
  async announce(address: string): Promise<void> {
    this.#address = address;
    for (const run of this.#active.keys()) await this.#store.announce(run, address);
  }

  /** Resolves with the run as soon as it goes on here, which may be now. */
  begun(run: string): Promise<ActiveRun> {
    return new Promise((resolve) => {
      const look = (): void => {
        const active = this.#active.get(run);
        if (active === undefined) return;
        unsubscribe();
        resolve(active.run);
      };
      const unsubscribe = this.subscribe(look);
      look();
    });
  }

  /** Begins a run or goes on with it. */
  begin(run: string): Promise<ActiveRun> {
    return this.#changes.add(() => this.#begin(run));
  }

  start(wanted: Readonly<Record<string, unknown>>): Promise<string> {
    return this.#changes.add(async () => {
      const { name, ...given } = wanted;
      const { looks, options } = await asked(async () => {
        const task = chosenTask(given["task"], await ownTasks(this.#store));
        // Every value is checked against the schema as it is filled in.
        const options = fillOptions({ ...given, task } as GivenOptions);
        const loaded = await loadTask(task);
        await checkHeadStart(this.#store, loaded, options);
        return { looks: await look(loaded, options), options };
      });
      await this.#makeRoom();
      const run = await this.#store.createRun({ ...looks, ...named(name), options });
      await this.#begin(run.id);
      return run.id;
    });
  }

  pause(run: string): Promise<void> {
    return this.#changes.add(async () => {
      const { name, holder } = await this.#existing(run);
      if (await this.#stop(run)) return;
      if (holder === null) return;
      throw new ApiError(409, `Process ${holder.processId} works on ${name}, and only that process can pause it.`, {
        hint: holder.address === null ? "Stop it with Ctrl-C where it runs." : `Its page is at ${holder.address}.`,
      });
    });
  }

  async resume(run: string): Promise<void> {
    await this.begin(run);
  }

  fork(source: string, { steps, name, options = {} }: ForkWanted): Promise<string> {
    return this.#changes.add(async () => {
      const run = await this.#existing(source);
      const checkpoints = await this.#store.listCheckpoints(source);
      const at = steps ?? checkpoints.at(0) ?? 0;
      const filled = await asked(async () => forkOptions(run.options, options, at));
      const fork = await this.#store.forkRun(source, { steps: at, ...named(name), options: filled });
      return fork.id;
    });
  }

  delete(run: string): Promise<void> {
    return this.#changes.add(async () => {
      const { deleted } = await this.#store.findRun(run);
      if (deleted !== null) return;
      await this.#stop(run);
      // Nobody else may be working on it.
      await this.#store.claim(run);
      try {
        await this.#store.deleteRun(run);
      } finally {
        await this.#store.release(run);
      }
    });
  }

  restore(run: string): Promise<void> {
    return this.#changes.add(() => this.#store.restoreRun(run));
  }

  /** Removes for good what was deleted longer ago than it can be restored. */
  async purge(): Promise<readonly string[]> {
    return this.#store.purgeRuns(new Date(Date.now() - GRACE_DAYS * DAY));
  }

  /** Stops all runs with everything kept. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#changes.add(async () => {
      for (const { run } of this.#active.values()) run.stop();
      await Promise.all([...this.#active.values()].map(({ ended }) => ended));
    });
  }

  async #begin(id: string): Promise<ActiveRun> {
    await this.#settled();
    const run = await this.#existing(id);
    if (this.#closed) throw new ApiError(409, "This heed is being stopped.");
    if (this.#active.has(id)) throw new ApiError(409, `${run.name} goes on already.`);
    if (run.status.phase === "finished") {
      throw new ApiError(409, `${run.name} is finished: the agent has taken all its steps.`, {
        hint: "Fork it with more steps to go on from where it is.",
      });
    }
    await this.#makeRoom();
    const launch = this.#options.launch ?? (await defaultLaunch());
    const emit = (event: RunEvent): void => this.#options.onProgress?.(id, event);
    const active = await beginRun(this.#store, run, emit, launch);
    const ended = active.done.then(
      () => this.#ended(id),
      (error: unknown) => {
        this.#problems.set(id, messageOf(error));
        this.#ended(id);
      },
    );
    this.#active.set(id, { run: active, ended });
    this.#problems.delete(id);
    if (this.#address !== null) await this.#store.announce(id, this.#address);
    this.#tell(id);
    return active;
  }

  #ended(id: string): void {
    this.#active.delete(id);
    this.#tell(id);
  }

  #tell(id: string): void {
    for (const listener of this.#listeners) listener(id);
  }

  /** Whether there was something to stop. */
  async #stop(id: string): Promise<boolean> {
    const active = this.#active.get(id);
    if (active === undefined) return false;
    active.run.stop();
    await active.ended;
    return true;
  }

  async #existing(id: string): Promise<Run> {
    const run = await this.#store.findRun(id);
    if (run.deleted !== null) {
      throw new ApiError(409, `${run.name} is deleted.`, { hint: "Restore it first." });
    }
    return run;
  }

  /** Whether the run's training has not come to its end. What it said last may still be on its way to the disk. */
  #goesOn(id: string): boolean {
    const phase = this.live(id)?.status().phase;
    return phase !== undefined && !OVER.has(phase);
  }

  /** Resolves when the runs whose training is over are let go. */
  async #settled(): Promise<void> {
    const over = [...this.#active].filter(([id]) => !this.#goesOn(id));
    await Promise.all(over.map(([, { ended }]) => ended));
  }

  async #makeRoom(): Promise<void> {
    await this.#settled();
    const { atOnce = 1 } = this.#options;
    if (this.#active.size < atOnce) return;
    const names = [...this.#active.values()].map(({ run }) => run.run.name).join(" and ");
    const rule = atOnce === 1 ? "one run goes on" : `${atOnce} runs go on`;
    throw new ApiError(409, `${names} ${this.#active.size === 1 ? "goes" : "go"} on, and ${rule} at a time here.`, {
      hint: `Pause it first, or start heed with "heed serve --at-once ${atOnce + 1}".`,
    });
  }
}

/** What somebody asked for, or an ApiError that names the field which is wrong. */
async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UsageError) throw new ApiError(400, error.message, { field: error.field });
    throw error;
  }
}

/** A run's name, where one was given; an empty field of a form is none. */
function named(name: unknown): { readonly name?: string } {
  if (name === undefined || name === "") return {};
  if (typeof name === "string") return { name };
  throw new ApiError(400, `name: expected text, but got ${JSON.stringify(name)}.`, { field: "name" });
}
