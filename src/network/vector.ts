// Arithmetic on whole vectors in the kernel's memory.
import { addressOf, type Kernel } from "../kernel/kernel.ts";

/** target += source. They must be equally long. */
export function addInto(kernel: Kernel, target: Float32Array, source: Float32Array): void {
  if (target.length !== source.length) {
    throw new RangeError(`A vector of ${source.length} numbers cannot be added to one of ${target.length}.`);
  }
  kernel.addInto(addressOf(kernel, target, "The target"), addressOf(kernel, source, "The source"), target.length);
}

/** target *= factor */
export function scale(kernel: Kernel, target: Float32Array, factor: number): void {
  kernel.scale(addressOf(kernel, target, "The vector"), target.length, factor);
}

/** Sets every number of the target to `value`. */
export function fill(kernel: Kernel, target: Float32Array, value: number): void {
  kernel.fill(addressOf(kernel, target, "The vector"), target.length, value);
}

/**
 * Scales the gradients down to Euclidean norm `maxNorm` where theirs is larger, and returns the norm that they had. A
 * norm that is not finite is returned and the gradients are left as they are: do not step on them.
 */
export function clipGradients(kernel: Kernel, gradients: Float32Array, maxNorm: number): number {
  const address = addressOf(kernel, gradients, "The gradients");
  const norm = Math.sqrt(kernel.sumOfSquares(address, gradients.length));
  if (norm > maxNorm && Number.isFinite(norm)) kernel.scale(address, gradients.length, maxNorm / norm);
  return norm;
}
