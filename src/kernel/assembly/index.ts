// The kernel, in AssemblyScript: what is exported here is what src/kernel/kernel.ts declares. It has no state of its
// own, because all threads' instances share one memory: no static data, no allocation, only addresses that are passed.
export { tanh, LEAK, ONE, BOUND, P0, P1, P2, P3, Q1, Q2, Q3, Q4 } from "./activation";
export { adam } from "./adam";
export { backward, forward } from "./network";
export { addInto, fill, scale, sumOfSquares } from "./vector";
