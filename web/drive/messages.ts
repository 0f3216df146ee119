// What the page and the thread with the physics say to each other. Every request gets one reply, in order.
import type { Controls } from "./controls.ts";
import type { DrivenSteps, StepOutcome } from "./trajectory.ts";

export type Request =
  /** Loads the physics and the task; must come first. */
  | { readonly kind: "open"; readonly task: string }
  | { readonly kind: "begin"; readonly seed: number }
  | {
      readonly kind: "take-over";
      readonly state: Float32Array;
      readonly observation: Float32Array;
      readonly actions: Float32Array;
    }
  | { readonly kind: "step"; readonly steps: number; readonly action: Float32Array }
  | { readonly kind: "rewind"; readonly steps: number }
  | { readonly kind: "cut"; readonly from: number; readonly to: number };

/** Where the trajectory stands. */
export interface Moment {
  readonly kind: "moment";
  readonly length: number;
  readonly earliest: number;
  readonly outcome: StepOutcome;
  /** `[bodies * 7]`, before the last step and after it. */
  readonly before: Float32Array;
  readonly pose: Float32Array;
}

export type Reply =
  | { readonly kind: "opened"; readonly stepSeconds: number; readonly controls: Controls }
  | Moment
  | { readonly kind: "steps"; readonly steps: DrivenSteps }
  | { readonly kind: "failed"; readonly message: string };

/** The reply that each request gets, unless it failed. */
export interface ReplyTo {
  readonly open: Extract<Reply, { kind: "opened" }>;
  readonly begin: Moment;
  readonly "take-over": Moment;
  readonly step: Moment;
  readonly rewind: Moment;
  readonly cut: Extract<Reply, { kind: "steps" }>;
}
