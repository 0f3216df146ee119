import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Normaliser } from "./normaliser.ts";

const number = fc.float({ min: -1000, max: 1000, noNaN: true });
const SIZE = 3;
const rowsOf = (minimum: number) =>
  fc.array(fc.tuple(number, number, number), { minLength: minimum, maxLength: 20 }).map((rows) => rows.flat());

describe("Normaliser", () => {
  it("changes nothing before the first row, but for the clipping", () => {
    const target = new Float32Array(3);
    new Normaliser(3, 5).normalise(Float32Array.of(1, -2, 70), target, 1);
    expect([...target]).toEqual([1, -2, 5]);
  });

  it("has the mean and the variance of all rows, however they were split", () => {
    fc.assert(
      fc.property(rowsOf(1), rowsOf(0), rowsOf(0), (first, second, third) => {
        const normaliser = new Normaliser(SIZE);
        const other = new Normaliser(SIZE);
        normaliser.add(Float32Array.from(first), first.length / SIZE);
        other.add(Float32Array.from(second), second.length / SIZE);
        other.add(Float32Array.from(third), third.length / SIZE);
        normaliser.merge(other);
        const all = [...first, ...second, ...third];
        const count = all.length / SIZE;
        expect(normaliser.count).toBe(count);
        for (let index = 0; index < SIZE; index++) {
          const column = all.filter((_, at) => at % SIZE === index);
          const mean = column.reduce((sum, value) => sum + value, 0) / count;
          const variance = column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
          expect(normaliser.mean(index)).toBeCloseTo(mean, 8);
          expect(Math.abs(normaliser.variance(index) - variance)).toBeLessThan(1e-9 * (1 + variance + mean ** 2));
        }
      }),
    );
  });

  it("brings rows to zero mean and unit variance, in place too", () => {
    const normaliser = new Normaliser(2);
    const rows = Float32Array.of(1, 10, 3, 30, 5, 20);
    normaliser.add(rows, 3);
    normaliser.normalise(rows, rows, 3);
    const unit = Math.sqrt(1.5);
    [-unit, -unit, 0, unit, unit, 0].forEach((value, at) => expect(rows[at]).toBeCloseTo(value, 6));
  });

  it("clips what is far away", () => {
    const normaliser = new Normaliser(1, 2);
    normaliser.add(Float32Array.of(-1, 1), 2);
    const rows = Float32Array.of(-9, 1.5, 9);
    normaliser.normalise(rows, rows, 3);
    expect([...rows]).toEqual([-2, 1.5, 2]);
  });

  it("goes on from what it kept, exactly", () => {
    const normaliser = new Normaliser(SIZE);
    normaliser.add(Float32Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.7), 2);
    const again = Normaliser.fromTensors(normaliser.toTensors("seen"), "seen");
    for (const each of [normaliser, again]) each.add(Float32Array.of(1, 2, 3), 1);
    expect(again.toTensors("seen")).toEqual(normaliser.toTensors("seen"));
    expect(Normaliser.fromTensors(new Normaliser(2).toTensors("new"), "new").variance(1)).toBe(1);
  });

  it("says which tensor is missing or wrong", () => {
    const tensors = new Normaliser(2).toTensors("seen");
    expect(() => Normaliser.fromTensors(tensors, "other")).toThrow("needs the array other.count, which is missing");
    tensors.set("seen.squares", { shape: [2], data: Float64Array.of(1, -1) });
    expect(() => Normaliser.fromTensors(tensors, "seen")).toThrow("are not a normaliser's");
  });

  it.each([NaN, Infinity, -Infinity])("refuses %s, says where it is, and counts nothing", (value) => {
    const normaliser = new Normaliser(2);
    const rows = Float32Array.of(1, 2, 3, value);
    const message = `Row 1 holds ${value} at index 1`;
    expect(() => normaliser.add(rows, 2)).toThrow(message);
    expect(() => normaliser.normalise(rows, new Float32Array(4), 2)).toThrow(message);
    expect(normaliser.count).toBe(0);
    normaliser.add(rows, 1);
    expect(normaliser.mean(1)).toBe(2);
  });

  it("refuses rows that are not there and rows of another size", () => {
    const normaliser = new Normaliser(2);
    expect(() => normaliser.add(new Float32Array(5), 3)).toThrow("3 rows of 2 numbers were asked for");
    expect(() => normaliser.normalise(new Float32Array(4), new Float32Array(2), 2)).toThrow("hold 2 numbers");
    expect(() => normaliser.merge(new Normaliser(3))).toThrow("Rows of 3 numbers cannot be merged into rows of 2");
  });
});
