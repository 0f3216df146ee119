// Generalised advantage estimation (Schulman et al. 2016), aware of why an episode was cut off.
import { DIVERGED, RUNNING, TERMINATED, type Rollout } from "./rollout.ts";

/**
 * Fills `advantages` and `returns` of the rollout from `rewards * rewardScale`, `values` and `cutValues`.
 * A cut-off state keeps its value, a terminated one has none, and a diverged row gets no advantage and passes none on.
 */
export function estimateAdvantages(rollout: Rollout, rewardScale: number, discount: number, lambda: number): void {
  const { environments, steps, rewards, values, cutValues, ends, advantages, returns } = rollout;
  for (let e = 0; e < environments; e++) {
    let carried = 0;
    for (let t = steps - 1; t >= 0; t--) {
      const row = t * environments + e;
      const end = ends[row];
      if (end === DIVERGED) {
        carried = 0;
        advantages[row] = 0;
        returns[row] = values[row];
        continue;
      }
      const goesOn = end === RUNNING && t < steps - 1;
      const next = goesOn ? values[row + environments] : end === TERMINATED ? 0 : cutValues[row];
      const surprise = rewards[row] * rewardScale + discount * next - values[row];
      carried = goesOn ? surprise + discount * lambda * carried : surprise;
      advantages[row] = carried;
      returns[row] = carried + values[row];
    }
  }
}
