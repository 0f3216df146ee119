// Activation functions and their derivatives, in place over a run of numbers. Up to three numbers past the last are
// worked on too, in a buffer that has room for them, and never stored.
import { multiplyAdd } from "./vector";

/** As in src/network/mlp.ts. Any other number means leaky ReLU. */
const TANH: i32 = 0;

// Constants that loops need are kept in variables. As literals the engine would put each of them together anew in every
// round, from two 64-bit halves, which takes longer than the arithmetic: tanh of 4096 numbers took 9.3 µs that way. They
// are exported, because what nobody could change is made a literal again.
export let LEAK: f32 = 0.01;
export let ONE: f32 = 1;
export let BOUND: f32 = 7.7;
export let P0: f32 = 0.999999538;
export let P1: f32 = 0.12940597;
export let P2: f32 = 2.96777866e-3;
export let P3: f32 = 1.16250885e-5;
export let Q1: f32 = 0.462737564;
export let Q2: f32 = 2.38822194e-2;
export let Q3: f32 = 2.41129167e-4;
export let Q4: f32 = 2.52513373e-7;

export function activate(activation: i32, target: usize, length: i32): void {
  if (activation == TANH) tanh(target, length);
  else leakyRelu(target, length);
}

/** target *= the derivative of the activation at the point where it has the value `activated`. */
export function multiplyByDerivative(activation: i32, target: usize, activated: usize, length: i32): void {
  if (activation == TANH) multiplyByTanhDerivative(target, activated, length);
  else multiplyByLeakyReluDerivative(target, activated, length);
}

export function tanh(target: usize, length: i32): void {
  for (; length >= 4; length -= 4) {
    v128.store(target, tanhOf(v128.load(target)));
    target += 16;
  }
  if (length > 0) storeFirst(target, tanhOf(v128.load(target)), length);
}

/**
 * x · p(x²) / q(x²), where |x| is at most BOUND. The coefficients are a minimax fit on that range, within 9.3e-8 of the
 * hyperbolic tangent; rounding in float32 makes that 5e-7. All of them are positive, so nothing cancels. BOUND is where
 * the tangent lies just so far below 1 that no rounding error takes the result past 1.
 */
function tanhOf(value: v128): v128 {
  let bound = f32x4.splat(BOUND);
  // The pseudo-minimum is one instruction where the true one takes six. In this order of arguments both keep NaN.
  let x = f32x4.pmax(f32x4.pmin(value, bound), f32x4.neg(bound));
  let square = f32x4.mul(x, x);
  let p = multiplyAdd(square, f32x4.splat(P3), f32x4.splat(P2));
  let q = multiplyAdd(square, f32x4.splat(Q4), f32x4.splat(Q3));
  p = multiplyAdd(square, p, f32x4.splat(P1));
  q = multiplyAdd(square, q, f32x4.splat(Q2));
  p = multiplyAdd(square, p, f32x4.splat(P0));
  q = multiplyAdd(square, q, f32x4.splat(Q1));
  q = multiplyAdd(square, q, f32x4.splat(ONE));
  return f32x4.div(f32x4.mul(x, p), q);
}

function leakyRelu(target: usize, length: i32): void {
  let leak = f32x4.splat(LEAK);
  for (; length >= 4; length -= 4) {
    let value = v128.load(target);
    v128.store(target, f32x4.pmax(value, f32x4.mul(value, leak)));
    target += 16;
  }
  if (length > 0) {
    let value = v128.load(target);
    storeFirst(target, f32x4.pmax(value, f32x4.mul(value, leak)), length);
  }
}

function multiplyByTanhDerivative(target: usize, activated: usize, length: i32): void {
  for (; length >= 4; length -= 4) {
    v128.store(target, tanhDerivative(v128.load(target), v128.load(activated)));
    target += 16;
    activated += 16;
  }
  if (length > 0) storeFirst(target, tanhDerivative(v128.load(target), v128.load(activated)), length);
}

/** gradient · (1 - activated²) */
function tanhDerivative(gradient: v128, activated: v128): v128 {
  return f32x4.mul(gradient, f32x4.sub(f32x4.splat(ONE), f32x4.mul(activated, activated)));
}

function multiplyByLeakyReluDerivative(target: usize, activated: usize, length: i32): void {
  for (; length >= 4; length -= 4) {
    v128.store(target, leakyReluDerivative(v128.load(target), v128.load(activated)));
    target += 16;
    activated += 16;
  }
  if (length > 0) storeFirst(target, leakyReluDerivative(v128.load(target), v128.load(activated)), length);
}

/** gradient where activated > 0, else LEAK · gradient */
function leakyReluDerivative(gradient: v128, activated: v128): v128 {
  let leaked = f32x4.mul(gradient, f32x4.splat(LEAK));
  return v128.bitselect(gradient, leaked, f32x4.gt(activated, f32x4.splat(0)));
}

/** Stores the first `count` lanes, 1 to 3. */
function storeFirst(target: usize, value: v128, count: i32): void {
  v128.store_lane<f32>(target, value, 0);
  if (count > 1) v128.store_lane<f32>(target, value, 1, 4);
  if (count > 2) v128.store_lane<f32>(target, value, 2, 8);
}
