// Arithmetic on whole vectors of numbers. Lengths count float32 numbers; what is left after the last group of four is
// done one by one.

/** a · b + c, in one instruction and with one rounding where the build has it. */
export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

/** Sum of squares, in double precision, so that a norm never overflows. */
export function sumOfSquares(source: usize, length: i32): f64 {
  let sum0 = f64x2.splat(0);
  let sum1 = f64x2.splat(0);
  for (; length >= 4; length -= 4) {
    let four = v128.load(source);
    let low = f64x2.promote_low_f32x4(four);
    let high = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 2, 3));
    sum0 = f64x2.add(sum0, f64x2.mul(low, low));
    sum1 = f64x2.add(sum1, f64x2.mul(high, high));
    source += 16;
  }
  sum0 = f64x2.add(sum0, sum1);
  let sum = f64x2.extract_lane(sum0, 0) + f64x2.extract_lane(sum0, 1);
  for (; length > 0; length--) {
    let value = <f64>load<f32>(source);
    sum += value * value;
    source += 4;
  }
  return sum;
}

export function addInto(target: usize, source: usize, length: i32): void {
  for (; length >= 4; length -= 4) {
    v128.store(target, f32x4.add(v128.load(target), v128.load(source)));
    target += 16;
    source += 16;
  }
  for (; length > 0; length--) {
    store<f32>(target, load<f32>(target) + load<f32>(source));
    target += 4;
    source += 4;
  }
}

/** target += factor · source */
export function addScaled(target: usize, source: usize, length: i32, factor: f32): void {
  let factors = f32x4.splat(factor);
  for (; length >= 4; length -= 4) {
    v128.store(target, multiplyAdd(factors, v128.load(source), v128.load(target)));
    target += 16;
    source += 16;
  }
  for (; length > 0; length--) {
    store<f32>(target, load<f32>(target) + factor * load<f32>(source));
    target += 4;
    source += 4;
  }
}

export function scale(target: usize, length: i32, factor: f32): void {
  let factors = f32x4.splat(factor);
  for (; length >= 4; length -= 4) {
    v128.store(target, f32x4.mul(v128.load(target), factors));
    target += 16;
  }
  for (; length > 0; length--) {
    store<f32>(target, load<f32>(target) * factor);
    target += 4;
  }
}

export function fill(target: usize, length: i32, value: f32): void {
  let values = f32x4.splat(value);
  for (; length >= 4; length -= 4) {
    v128.store(target, values);
    target += 16;
  }
  for (; length > 0; length--) {
    store<f32>(target, value);
    target += 4;
  }
}

/** target[columns] += the sum of the rows of source[rows, columns]. */
export function addColumnSums(target: usize, source: usize, rows: i32, columns: i32): void {
  let stride = (<usize>columns) << 2;
  let column = 0;
  // Four vectors at a time, because one sum alone would wait for each of its additions.
  for (; column + 16 <= columns; column += 16) {
    let sum0 = v128.load(target);
    let sum1 = v128.load(target, 16);
    let sum2 = v128.load(target, 32);
    let sum3 = v128.load(target, 48);
    let from = source;
    for (let row = 0; row < rows; row++) {
      sum0 = f32x4.add(sum0, v128.load(from));
      sum1 = f32x4.add(sum1, v128.load(from, 16));
      sum2 = f32x4.add(sum2, v128.load(from, 32));
      sum3 = f32x4.add(sum3, v128.load(from, 48));
      from += stride;
    }
    v128.store(target, sum0);
    v128.store(target, sum1, 16);
    v128.store(target, sum2, 32);
    v128.store(target, sum3, 48);
    target += 64;
    source += 64;
  }
  for (; column + 4 <= columns; column += 4) {
    let sum = v128.load(target);
    let from = source;
    for (let row = 0; row < rows; row++) {
      sum = f32x4.add(sum, v128.load(from));
      from += stride;
    }
    v128.store(target, sum);
    target += 16;
    source += 16;
  }
  for (; column < columns; column++) {
    let sum = load<f32>(target);
    let from = source;
    for (let row = 0; row < rows; row++) {
      sum += load<f32>(from);
      from += stride;
    }
    store<f32>(target, sum);
    target += 4;
    source += 4;
  }
}
