// One step of Adam over a vector of parameters: Kingma & Ba 2015, algorithm 1, in the order of computation that its
// section 2 gives. The caller folds the bias corrections into `rate` and `epsilon`.
import { multiplyAdd } from "./vector";

/** Moments of `gradient + weightDecay · parameter`, then parameter -= rate · first / (√second + epsilon). */
export function adam(
  parameters: usize,
  gradients: usize,
  first: usize,
  second: usize,
  length: i32,
  rate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  weightDecay: f32,
): void {
  let keepFirst = f32x4.splat(beta1);
  let keepSecond = f32x4.splat(beta2);
  let takeFirst = f32x4.splat(<f32>1 - beta1);
  let takeSecond = f32x4.splat(<f32>1 - beta2);
  let rates = f32x4.splat(rate);
  let epsilons = f32x4.splat(epsilon);
  let decay = f32x4.splat(weightDecay);
  for (; length >= 4; length -= 4) {
    let parameter = v128.load(parameters);
    let gradient = multiplyAdd(decay, parameter, v128.load(gradients));
    let mean = multiplyAdd(keepFirst, v128.load(first), f32x4.mul(takeFirst, gradient));
    let square = multiplyAdd(keepSecond, v128.load(second), f32x4.mul(takeSecond, f32x4.mul(gradient, gradient)));
    let step = f32x4.div(f32x4.mul(rates, mean), f32x4.add(f32x4.sqrt(square), epsilons));
    v128.store(first, mean);
    v128.store(second, square);
    v128.store(parameters, f32x4.sub(parameter, step));
    parameters += 16;
    gradients += 16;
    first += 16;
    second += 16;
  }
  for (; length > 0; length--) {
    let parameter = load<f32>(parameters);
    let gradient = weightDecay * parameter + load<f32>(gradients);
    let mean = beta1 * load<f32>(first) + (<f32>1 - beta1) * gradient;
    let square = beta2 * load<f32>(second) + (<f32>1 - beta2) * (gradient * gradient);
    store<f32>(first, mean);
    store<f32>(second, square);
    store<f32>(parameters, parameter - (rate * mean) / (sqrt<f32>(square) + epsilon));
    parameters += 4;
    gradients += 4;
    first += 4;
    second += 4;
  }
}
