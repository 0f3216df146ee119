// The experiments that there are.
import type { Experiment } from "./experiment.ts";
import { feedbackKindsExperiment } from "./feedback-kinds.ts";
import { headStart } from "./head-start.ts";
import { labelEfficiency } from "./label-efficiency.ts";
import { paperTable } from "./paper-table.ts";

export const experiments: readonly Experiment[] = [paperTable, labelEfficiency, feedbackKindsExperiment, headStart];
