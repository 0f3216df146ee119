// The compiled arithmetic and the shared memory it works on: one memory for a run, one instance for each thread.

const PAGE = 65_536;
const MOST_PAGES = 65_536;

/**
 * The kernel's functions. Addresses are bytes into the shared memory and lengths are counted in numbers; nothing is
 * checked, so callers pass only what an arena gave them.
 */
interface KernelFunctions {
  /** Runs the network described at `network` on the first `rows` rows of its input. */
  forward(network: number, rows: number): void;
  /** Adds to the gradients what the output gradients of the first `rows` rows, as last run forward, make of them. */
  backward(network: number, rows: number): void;
  /** One step of Adam, with the bias corrections already in `rate` and `epsilon`. */
  adam(
    parameters: number,
    gradients: number,
    first: number,
    second: number,
    length: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    weightDecay: number,
  ): void;
  sumOfSquares(source: number, length: number): number;
  addInto(target: number, source: number, length: number): void;
  scale(target: number, length: number, factor: number): void;
  fill(target: number, length: number, value: number): void;
  /** Replaces each number with its hyperbolic tangent, within 5e-7 and never past ±1. */
  tanh(target: number, length: number): void;
}

/** One thread's instance of the compiled arithmetic. */
export interface Kernel extends KernelFunctions {
  readonly buffer: SharedArrayBuffer;
}

/** `relaxed-simd` multiplies and adds in one instruction; `simd` runs where that is missing, at about half the speed. */
export type KernelBuild = "relaxed-simd" | "simd";

/** Shared memory of a fixed size, at least `bytes` bytes, zeroed. It never grows, so views of it stay valid. */
export function createMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  if (!(pages >= 1 && pages <= MOST_PAGES)) {
    throw new RangeError(`The memory's size must be from 1 byte to 4 GiB, not ${bytes} bytes.`);
  }
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/** The shared buffer of a memory. Throws a TypeError if the memory is not shared. */
export function sharedBuffer(memory: WebAssembly.Memory): SharedArrayBuffer {
  if (!(memory.buffer instanceof SharedArrayBuffer)) {
    throw new TypeError("The kernel needs a shared memory. Make it with createMemory.");
  }
  return memory.buffer;
}

/** A module with one function that multiplies and adds vectors in the relaxed way: it is valid only where that exists. */
const RELAXED_PROBE = Uint8Array.from(
  [
    [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic number, version
    [0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7b], // types: one function, () → v128
    [0x03, 0x02, 0x01, 0x00], // functions: one, of that type
    [0x0a, 0x13, 0x01, 0x11, 0x00], // code: one body of 17 bytes without locals
    [0x41, 0x00, 0xfd, 0x11, 0x41, 0x00, 0xfd, 0x11, 0x41, 0x00, 0xfd, 0x11], // i32.const 0, i32x4.splat, three times
    [0xfd, 0x85, 0x02, 0x0b], // f32x4.relaxed_madd, end
  ].flat(),
);

/** The fastest build that this machine's engine can run. */
export function bestBuild(): KernelBuild {
  return WebAssembly.validate(RELAXED_PROBE) ? "relaxed-simd" : "simd";
}

/** One instance of the compiled kernel over `memory`, for the calling thread. */
export function instantiateKernel(module: WebAssembly.Module, memory: WebAssembly.Memory): Kernel {
  const buffer = sharedBuffer(memory);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  // The module is built from src/kernel/assembly/index.ts, whose exported functions are the ones declared above.
  return { ...(exports as unknown as KernelFunctions), buffer };
}

/**
 * Where `array` lies in the kernel's memory, in bytes. Throws a TypeError if it lies elsewhere.
 * @param what the array's name, for the message.
 */
export function addressOf(kernel: Kernel, array: Float32Array | Int32Array, what: string): number {
  if (array.buffer !== kernel.buffer) {
    throw new TypeError(`${what} must lie in the kernel's memory. Take the array from an Arena over that memory.`);
  }
  return array.byteOffset;
}
