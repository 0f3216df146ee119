// The kernel, in AssemblyScript: what is exported here is what src/kernel/kernel.ts declares. It has no state of its
// own, because all threads' instances share one memory: no static data, no allocation, only addresses that are passed.
export { tanh } from "./activation";
export { adam } from "./adam";
export { backward, forward } from "./network";
export { addInto, fill, scale, sumOfSquares } from "./vector";
