// What every thread of a run does: set up, then act on command in step with the others. The first one also decides.
import { guarded } from "../environment/guard.ts";
import { CommandBlock } from "./commands.ts";
import { Lead } from "./lead.ts";
import { environmentsPerThread } from "./hyperparameters.ts";
import type { Startup, ToThread, WorkerPort } from "./messages.ts";
import { allocateShared, shapesOf, type Shared } from "./shared.ts";
import { demandTruth } from "./truth.ts";
import { Workbench } from "./workbench.ts";

/** Runs one thread until the run is over. Whatever goes wrong goes to the host as a message. */
export async function runWorker(startup: Startup, port: WorkerPort): Promise<void> {
  try {
    await work(startup, port);
  } catch (error) {
    port.post({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
  }
}

async function work(startup: Startup, port: WorkerPort): Promise<void> {
  const { start, hyperparameters, kernel, index } = startup;
  const inbox: ToThread[] = [];
  let wake = (): void => {};
  port.onMessage((message) => {
    inbox.push(message);
    wake();
  });
  const arrival = (): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      if (inbox.length > 0) resolve();
    });

  const task = await port.loadTask(start.options.task);
  const environments = await Promise.all(
    Array.from({ length: environmentsPerThread(hyperparameters, start.options.workers) }, async () =>
      guarded(await task.create(), task.name),
    ),
  );
  demandTruth(environments[0], task.name, start.options.teacher);
  const { size } = environments[0].observationSpace;
  if (task.shownSize !== undefined && task.shownSize > size) {
    throw new Error(
      `The task "${task.name}" shows the reward model ${task.shownSize} numbers of an observation (shownSize), which ` +
        `has ${size}. Give at most so many, or leave shownSize out.`,
    );
  }
  const shapes = shapesOf(environments[0], start.options, hyperparameters);
  let shared: Shared;
  if (index === 0) {
    shared = allocateShared(shapes, start.options.workers);
    port.post({ kind: "shared", shared });
  } else {
    await arrival();
    const message = inbox.shift();
    if (message?.kind !== "shared") throw new Error("A thread was sent something before what it shares with others.");
    shared = message.shared;
  }
  const bench = new Workbench({
    index,
    options: start.options,
    hyperparameters,
    kernelModule: kernel.module,
    environments,
    noiseSeconds: hyperparameters.noiseSeconds ?? task.noiseSeconds ?? 0,
    shownSize: task.shownSize,
    shapes,
    shared,
    checkpoint: start.checkpoint,
    policy: start.policy ?? null,
  });
  const commands = new CommandBlock(shared.command, bench);
  if (index === 0) {
    await new Lead(startup, port, bench, commands, shapes, shared, inbox, arrival).run();
  } else {
    while (commands.obey());
  }
  for (const environment of environments) environment.close();
}
