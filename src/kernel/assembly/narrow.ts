// Layers of up to four outputs, such as a network's last. A tile of 8 columns would be mostly empty there, so that the
// 64 × 1 layer took as long as a third of a 64 × 64 one; here vectors run along the inputs instead.
import { multiplyColumns } from "./product";
import { addScaled, fill, multiplyAdd } from "./vector";

/** weights[inputs, outputs] → transposed[outputs, inputs] */
export function transpose(weights: usize, inputs: i32, outputs: i32, transposed: usize): void {
  for (let input = 0; input < inputs; input++) {
    let to = transposed + ((<usize>input) << 2);
    for (let output = 0; output < outputs; output++) {
      store<f32>(to, load<f32>(weights));
      weights += 4;
      to += (<usize>inputs) << 2;
    }
  }
}

/** target[rows, outputs] = source[rows, inputs] · transposedᵀ + biases, four rows at a time. */
export function narrowForward(
  source: usize,
  rows: i32,
  inputs: i32,
  transposed: usize,
  biases: usize,
  outputs: i32,
  target: usize,
): void {
  let sourceRow = (<usize>inputs) << 2;
  let targetRow = (<usize>outputs) << 2;
  let last = source + <usize>(rows - 1) * sourceRow;
  for (let row = 0; row < rows; row += 4) {
    let row0 = source + <usize>row * sourceRow;
    let row1 = min(row0 + sourceRow, last);
    let row2 = min(row1 + sourceRow, last);
    let row3 = min(row2 + sourceRow, last);
    let weights = transposed;
    for (let output = 0; output < outputs; output++) {
      let sums = f32x4.add(
        dotProducts(row0, row1, row2, row3, weights, inputs),
        v128.load32_splat(biases + ((<usize>output) << 2)),
      );
      let to = target + <usize>row * targetRow + ((<usize>output) << 2);
      v128.store_lane<f32>(to, sums, 0);
      if (row + 1 < rows) v128.store_lane<f32>(to + targetRow, sums, 1);
      if (row + 2 < rows) v128.store_lane<f32>(to + 2 * targetRow, sums, 2);
      if (row + 3 < rows) v128.store_lane<f32>(to + 3 * targetRow, sums, 3);
      weights += sourceRow;
    }
  }
}

/** The four rows' dot products with the weights, one in each lane. */
function dotProducts(row0: usize, row1: usize, row2: usize, row3: usize, weights: usize, length: i32): v128 {
  let sum0 = f32x4.splat(0);
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  let at: usize = 0;
  for (; length >= 4; length -= 4) {
    let four = v128.load(weights + at);
    sum0 = multiplyAdd(v128.load(row0 + at), four, sum0);
    sum1 = multiplyAdd(v128.load(row1 + at), four, sum1);
    sum2 = multiplyAdd(v128.load(row2 + at), four, sum2);
    sum3 = multiplyAdd(v128.load(row3 + at), four, sum3);
    at += 16;
  }
  // Adding the halves of two sums leaves two lanes of each; doing it again leaves one lane of each of the four.
  let sums01 = f32x4.add(v128.shuffle<f32>(sum0, sum1, 0, 4, 1, 5), v128.shuffle<f32>(sum0, sum1, 2, 6, 3, 7));
  let sums23 = f32x4.add(v128.shuffle<f32>(sum2, sum3, 0, 4, 1, 5), v128.shuffle<f32>(sum2, sum3, 2, 6, 3, 7));
  let sums = f32x4.add(v128.shuffle<f32>(sums01, sums23, 0, 1, 4, 5), v128.shuffle<f32>(sums01, sums23, 2, 3, 6, 7));
  for (; length > 0; length--) {
    let ones = v128.load32_splat(row0 + at);
    ones = v128.load_lane<f32>(row1 + at, ones, 1);
    ones = v128.load_lane<f32>(row2 + at, ones, 2);
    ones = v128.load_lane<f32>(row3 + at, ones, 3);
    sums = multiplyAdd(ones, v128.load32_splat(weights + at), sums);
    at += 4;
  }
  return sums;
}

/** weightGradient[inputs, outputs] += sourceᵀ · gradient, where `sums` has room for [outputs, inputs]. */
export function narrowWeightGradient(
  source: usize,
  rows: i32,
  inputs: i32,
  gradient: usize,
  outputs: i32,
  weightGradient: usize,
  sums: usize,
  tile: usize,
): void {
  let sourceRow = (<usize>inputs) << 2;
  let targetRow = (<usize>outputs) << 2;
  fill(sums, outputs * inputs, 0);
  multiplyColumns(gradient, targetRow, outputs, rows, source, sourceRow, 32, inputs, sums, sourceRow, tile, 0);
  for (let input = 0; input < inputs; input++) {
    let from = sums + ((<usize>input) << 2);
    for (let output = 0; output < outputs; output++) {
      store<f32>(weightGradient, load<f32>(weightGradient) + load<f32>(from));
      weightGradient += 4;
      from += sourceRow;
    }
  }
}

/** sourceGradient[rows, inputs] = gradient[rows, outputs] · transposed[outputs, inputs] */
export function narrowSourceGradient(
  gradient: usize,
  rows: i32,
  outputs: i32,
  transposed: usize,
  inputs: i32,
  sourceGradient: usize,
): void {
  let sourceRow = (<usize>inputs) << 2;
  for (let row = 0; row < rows; row++) {
    let weights = transposed;
    let first = v128.load32_splat(gradient);
    let column: usize = 0;
    for (; column + 16 <= sourceRow; column += 16) {
      v128.store(sourceGradient + column, f32x4.mul(first, v128.load(weights + column)));
    }
    for (; column < sourceRow; column += 4) {
      store<f32>(sourceGradient + column, load<f32>(gradient) * load<f32>(weights + column));
    }
    for (let output = 1; output < outputs; output++) {
      weights += sourceRow;
      addScaled(sourceGradient, weights, inputs, load<f32>(gradient + ((<usize>output) << 2)));
    }
    gradient += (<usize>outputs) << 2;
    sourceGradient += sourceRow;
  }
}
