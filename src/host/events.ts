// What a run tells whoever started it.
import type { Evaluation, Metrics, Status } from "../training/journal.ts";
import type { TrainingOptions } from "../training/options.ts";

export type RunEvent =
  /** The first one. `address` is where the page is, or null where none is served. */
  | {
      readonly event: "started";
      readonly run: string;
      readonly address: string | null;
      readonly options: TrainingOptions;
    }
  /** About once a second. */
  | ({ readonly event: "progress" } & Metrics)
  /** The phase changed, or what the run waits for, or a judgement came. */
  | ({ readonly event: "status" } & Status)
  /** Something that the user should know and that stops nothing, in a sentence. */
  | { readonly event: "warning"; readonly message: string }
  | ({ readonly event: "evaluated" } & Evaluation);
