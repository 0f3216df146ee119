// The far end of the page's requests: heed's own environment and a trajectory through it.
import { findTask } from "../../src/environment/registry.ts";
import { restorable, type RestorableEnvironment } from "../../src/environment/restorable.ts";
import type { Moment, Reply, Request } from "./messages.ts";
import { type StepOutcome, Trajectory } from "./trajectory.ts";

export class Physics {
  #trajectory: Trajectory | null = null;

  /** Carries a request out. Never throws: what went wrong is a reply. */
  async answer(request: Request): Promise<Reply> {
    try {
      if (request.kind === "open") return await this.#open(request.task);
      if (this.#trajectory === null) throw new Error("The physics has not been opened.");
      return carryOut(this.#trajectory, request);
    } catch (error) {
      return { kind: "failed", message: error instanceof Error ? error.message : String(error) };
    }
  }

  async #open(name: string): Promise<Reply> {
    const environment = await create(name);
    this.#trajectory = new Trajectory(environment);
    const { stepSeconds, actionSpace, gestures } = environment;
    const { low, high } = actionSpace;
    const names = actionSpace.names ?? low.map((_, i) => `motor ${i + 1}`);
    return { kind: "opened", stepSeconds, controls: { names, low, high, gestures: gestures ?? [] } };
  }
}

async function create(name: string): Promise<RestorableEnvironment> {
  let environment;
  try {
    environment = restorable(await findTask(name).create());
  } catch (cause) {
    throw new Error(
      `The page cannot run the world of "${name}", which is no task of heed's own. Drive it in a program of yours, ` +
        `and bring the runs with "heed import".`,
      { cause },
    );
  }
  if (environment === undefined) throw new Error(`The world of "${name}" cannot be restored, and so not be driven.`);
  return environment;
}

function carryOut(trajectory: Trajectory, request: Exclude<Request, { kind: "open" }>): Reply {
  const before = trajectory.pose.slice();
  switch (request.kind) {
    case "begin":
      trajectory.begin(request.seed);
      return moment(trajectory, "running", trajectory.pose.slice());
    case "take-over":
      trajectory.takeOver(request.state, request.observation, request.actions);
      return moment(trajectory, "running", trajectory.pose.slice());
    case "step": {
      let outcome: StepOutcome = "running";
      for (let i = 0; i < request.steps && outcome === "running"; i++) {
        before.set(trajectory.pose);
        outcome = trajectory.step(request.action);
      }
      return moment(trajectory, outcome, before);
    }
    case "rewind":
      trajectory.rewind(request.steps);
      return moment(trajectory, "running", trajectory.pose.slice());
    case "cut":
      return { kind: "steps", steps: trajectory.cut(request.from, request.to) };
  }
}

function moment(trajectory: Trajectory, outcome: StepOutcome, before: Float32Array): Moment {
  const { length, earliest, pose } = trajectory;
  return { kind: "moment", length, earliest, outcome, before, pose: pose.slice() };
}
