import { expect, test } from "vitest";
import { estimateAdvantages } from "./advantage.ts";
import { DIVERGED, RUNNING, Rollout, TERMINATED, TRUNCATED } from "./rollout.ts";
import { Random } from "../environment/random.ts";

/** Straight from the definition: the weighted sum of the surprises up to the episode's end. */
function reference(rollout: Rollout, discount: number, lambda: number): number[] {
  const { environments, steps, ends, rewards, values, cutValues } = rollout;
  return Array.from({ length: rollout.rows }, (_, row) => {
    if (ends[row] === DIVERGED) return 0;
    let total = 0;
    for (let t = Math.floor(row / environments), weight = 1; t < steps; t++, weight *= discount * lambda) {
      const at = t * environments + (row % environments);
      if (ends[at] === DIVERGED) break;
      const over = ends[at] !== RUNNING || t === steps - 1;
      const next = ends[at] === TERMINATED ? 0 : over ? cutValues[at] : values[at + environments];
      total += weight * (rewards[at] + discount * next - values[at]);
      if (over) break;
    }
    return total;
  });
}

test("advantages are the discounted sums of surprises, whatever ended an episode", () => {
  const random = new Random(5);
  for (let round = 0; round < 20; round++) {
    const rollout = new Rollout(12, 3, 1, 1);
    for (let row = 0; row < rollout.rows; row++) {
      rollout.rewards[row] = random.normal();
      rollout.values[row] = random.normal();
      rollout.cutValues[row] = random.normal();
      const ends = [RUNNING, RUNNING, RUNNING, RUNNING, TERMINATED, TRUNCATED, DIVERGED];
      rollout.ends[row] = ends[random.integer(ends.length)];
    }
    estimateAdvantages(rollout, 1, 0.9, 0.8);
    const expected = reference(rollout, 0.9, 0.8);
    for (let row = 0; row < rollout.rows; row++) {
      expect(rollout.advantages[row]).toBeCloseTo(expected[row], 4);
      expect(rollout.returns[row]).toBeCloseTo(rollout.advantages[row] + rollout.values[row], 4);
    }
  }
});

test("rewards are scaled before anything is added to them", () => {
  const rollout = new Rollout(1, 1, 1, 1);
  rollout.rewards[0] = 3;
  rollout.ends[0] = TERMINATED;
  estimateAdvantages(rollout, 2, 0.99, 0.95);
  expect(rollout.advantages[0]).toBe(6);
});
