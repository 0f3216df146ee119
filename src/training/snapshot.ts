// A run's whole training state as named arrays, and back.
import { layout, type MlpShape } from "../network/mlp.ts";

import type { Tensor } from "../network/safetensors.ts";
import type { SharedOptimiser } from "../network/shared-optimiser.ts";
import type { CheckpointState } from "./journal.ts";

/** A network's place in the parameters of an optimiser. */
export interface NamedNetwork {
  readonly name: string;
  readonly shape: MlpShape;
  readonly start: number;
}

/** Copies of a network's parameters by name, each with its shape. */
export function networkTensors(parameters: Float32Array, { name, shape, start }: NamedNetwork): Map<string, Tensor> {
  return new Map(
    layout(shape).map((slice) => [
      `${name}.${slice.name}`,
      {
        shape: [...slice.shape],
        data: parameters.slice(start + slice.offset, start + slice.offset + slice.length),
      },
    ]),
  );
}

export function restoreNetwork(
  tensors: ReadonlyMap<string, Tensor>,
  parameters: Float32Array,
  { name, shape, start }: NamedNetwork,
): void {
  for (const slice of layout(shape)) {
    parameters.set(found(tensors, `${name}.${slice.name}`, slice.length), start + slice.offset);
  }
}

/** Copies of an optimiser's moments by name. */
export function optimiserTensors(optimiser: SharedOptimiser, name: string): Map<string, Tensor> {
  return new Map(
    optimiser.groups.flatMap(({ first, second, steps }, group) => [
      [`${name}.${group}.first`, vector(first.slice())],
      [`${name}.${group}.second`, vector(second.slice())],
      [`${name}.${group}.steps`, vector(Float64Array.of(steps))],
    ]),
  );
}

export function restoreOptimiser(tensors: ReadonlyMap<string, Tensor>, optimiser: SharedOptimiser, name: string): void {
  for (const [group, adam] of optimiser.groups.entries()) {
    adam.first.set(found(tensors, `${name}.${group}.first`, adam.first.length));
    adam.second.set(found(tensors, `${name}.${group}.second`, adam.second.length));
    adam.steps = found(tensors, `${name}.${group}.steps`, 1)[0];
  }
}

export function vector(data: Float32Array | Float64Array): Tensor {
  return { shape: [data.length], data };
}

export function found(tensors: ReadonlyMap<string, Tensor>, name: string, length: number): Tensor["data"] {
  const data = tensors.get(name)?.data;
  if (data === undefined || data.length !== length) {
    throw new Error(
      `The checkpoint does not fit this run: ${name} should have ${length} numbers and ` +
        `${data === undefined ? "is missing" : `has ${data.length}`}.`,
    );
  }
  return data;
}

export function numberIn(state: CheckpointState, name: string): number {
  const value = state[name];
  if (!Number.isFinite(value)) throw new Error(`The checkpoint does not fit this run: it does not say ${name}.`);
  return value;
}
