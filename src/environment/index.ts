// What somebody needs to bring their own environment: `import ... from "heed/environment"`.
export { checkEnvironment, type Finding } from "./check.ts";
export type { BoxSpace, Environment, Gesture, Outcome, Task } from "./environment.ts";
export type { MeasuredEnvironment } from "./measuring.ts";
export { Random } from "./random.ts";
export { tasks } from "./registry.ts";
export type { RestorableEnvironment, StateArray } from "./restorable.ts";
export { POSE_NUMBERS_PER_BODY, type Body, type Scene, type Shape } from "./scene.ts";
