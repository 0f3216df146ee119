// A normaliser that every thread of a team has a copy of, and that counts the rows of all.
import type { Team } from "../kernel/team.ts";
import { Normaliser } from "./normaliser.ts";

/** Counts the first `count` rows of each member's `rows` into each member's copy, in the order of the members. */
export function addFromAll(normaliser: Normaliser, team: Team, rows: Float32Array, count: number): void {
  const part = new Normaliser(normaliser.size);
  part.add(rows, count);
  const { size } = normaliser;
  const numbers = new Float64Array(1 + 2 * size);
  for (let member = 0; member < team.size; member++) {
    numbers.fill(0);
    if (member === team.index) {
      numbers[0] = part.count;
      for (let i = 0; i < size; i++) {
        numbers[1 + i] = part.mean(i);
        numbers[1 + size + i] = part.variance(i) * part.count;
      }
    }
    team.sum(numbers);
    const tensor = (from: number, to: number) => ({ shape: [to - from], data: numbers.subarray(from, to) });
    const theirs = new Map([
      ["part.count", tensor(0, 1)],
      ["part.mean", tensor(1, 1 + size)],
      ["part.squares", tensor(1 + size, 1 + 2 * size)],
    ]);
    normaliser.merge(Normaliser.fromTensors(theirs, "part"));
  }
}
