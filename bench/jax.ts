// The training step that the kernel's benchmark measures, written for @jax-js/jax and its WebAssembly backend.
import type { Problem, Trainer } from "./kernel.ts";

/**
 * The part of the library that is used here. Its own types cannot be named, because it is installed only where the
 * benchmark runs. Every use of an array takes it over, except through `ref`.
 */
interface JaxArray {
  readonly ref: JaxArray;
  add(other: JaxArray | number): JaxArray;
  sub(other: JaxArray | number): JaxArray;
  mul(other: JaxArray | number): JaxArray;
  div(other: JaxArray | number): JaxArray;
  reshape(shape: readonly number[]): JaxArray;
  dataSync(): Float32Array;
  dispose(): void;
}

type Arrays = JaxArray[];

interface Jax {
  init(device: "wasm"): Promise<string[]>;
  defaultDevice(device: "wasm"): string;
  jit<Inputs extends unknown[], Output>(f: (...inputs: Inputs) => Output): (...inputs: Inputs) => Output;
  valueAndGrad<Inputs extends unknown[]>(
    f: (parameters: Arrays, ...inputs: Inputs) => JaxArray,
  ): (parameters: Arrays, ...inputs: Inputs) => [JaxArray, Arrays];
  readonly numpy: {
    array(values: Float32Array): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
    tanh(a: JaxArray): JaxArray;
    square(a: JaxArray): JaxArray;
    sqrt(a: JaxArray): JaxArray;
    mean(a: JaxArray): JaxArray;
  };
}

export async function loadJax(): Promise<Jax> {
  // A name that the type checker does not follow: see above.
  const name: string = "@jax-js/jax";
  const jax: Jax = await import(name);
  await jax.init("wasm");
  jax.defaultDevice("wasm");
  return jax;
}

/** The whole step is one compiled function: forward, loss, gradients and Adam. */
export function jaxTrainer(jax: Jax, problem: Problem): Trainer {
  const { numpy } = jax;
  const { sizes, rows, learningRate } = problem;
  const array = (values: Float32Array, shape: readonly number[]) => numpy.array(values.slice()).reshape(shape);

  const loss = (parameters: Arrays, input: JaxArray, target: JaxArray): JaxArray => {
    let value = input;
    for (let layer = 0; 2 * layer < parameters.length; layer++) {
      value = numpy.matmul(value, parameters[2 * layer]).add(parameters[2 * layer + 1]);
      if (2 * layer + 2 < parameters.length) value = numpy.tanh(value);
    }
    return numpy.mean(numpy.square(value.sub(target)));
  };
  const step = jax.jit(
    (parameters: Arrays, first: Arrays, second: Arrays, powers: Arrays, input: JaxArray, target: JaxArray) => {
      const [value, gradients] = jax.valueAndGrad(loss)(
        parameters.map((parameter) => parameter.ref),
        input,
        target,
      );
      const power1 = powers[0].mul(0.9);
      const power2 = powers[1].mul(0.999);
      const means = first.map((mean, at) => mean.mul(0.9).add(gradients[at].ref.mul(0.1)));
      const squares = second.map((square, at) => square.mul(0.999).add(numpy.square(gradients[at]).mul(0.001)));
      // The bias corrections of the moments, 1 - β^t.
      const correction1 = power1.ref.mul(-1).add(1);
      const correction2 = power2.ref.mul(-1).add(1);
      const moved = parameters.map((parameter, at) => {
        const spread = numpy.sqrt(squares[at].ref.div(correction2.ref)).add(1e-8);
        return parameter.sub(means[at].ref.div(correction1.ref).mul(learningRate).div(spread));
      });
      correction1.dispose();
      correction2.dispose();
      return { value, parameters: moved, first: means, second: squares, powers: [power1, power2] };
    },
  );

  const input = array(problem.input, [rows, sizes[0]]);
  const target = array(problem.target, [rows, sizes[sizes.length - 1]]);
  const zeros = () => problem.slices.map(({ shape, length }) => array(new Float32Array(length), shape));
  let state = {
    parameters: problem.slices.map(({ shape, offset, length }) =>
      array(problem.parameters.slice(offset, offset + length), shape),
    ),
    first: zeros(),
    second: zeros(),
    powers: [array(Float32Array.of(1), []), array(Float32Array.of(1), [])],
  };
  return {
    name: "@jax-js/jax",
    train(steps) {
      let last = NaN;
      for (let count = 1; count <= steps; count++) {
        const { value, ...next } = step(
          state.parameters,
          state.first,
          state.second,
          state.powers,
          input.ref,
          target.ref,
        );
        state = next;
        // Reading the loss runs the step. Steps left to pile up unread run dozens of times slower.
        last = value.dataSync()[0];
      }
      return last;
    },
  };
}

/** Multiplies two square matrices `times` times, and reads one number of the last product. */
export function jaxProduct(jax: Jax, size: number): (times: number) => number {
  const { numpy } = jax;
  const values = Float32Array.from({ length: size * size }, (_, at) => Math.sin(at));
  const a = numpy.array(values).reshape([size, size]);
  const b = numpy.array(values).reshape([size, size]);
  const product = jax.jit((x: JaxArray, y: JaxArray) => numpy.matmul(x, y));
  return (times) => {
    let last = NaN;
    for (let count = 1; count <= times; count++) {
      last = product(a.ref, b.ref).dataSync()[0];
    }
    return last;
  };
}
