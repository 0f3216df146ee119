import { describe, expect, it } from "vitest";
import { Random } from "../environment/random.ts";
import { estimateReliability, type Vote, weightOf } from "./reliability.ts";

/** Votes of people who are right with the given probability, on queries that `asked` of them answer each. */
function votesOf(
  people: Readonly<Record<string, number>>,
  queries: number,
  asked: number,
  random: Random,
): { votes: Vote[]; truth: Map<number, boolean> } {
  const names = Object.keys(people);
  const votes: Vote[] = [];
  const truth = new Map<number, boolean>();
  for (let query = 1; query <= queries; query++) {
    const left = random.float() < 0.5;
    truth.set(query, left);
    const from = random.integer(names.length);
    for (let i = 0; i < asked; i++) {
      const annotator = names[(from + i) % names.length];
      votes.push({ query, annotator, left: random.float() < people[annotator] ? left : !left });
    }
  }
  return { votes, truth };
}

const PEOPLE = { ana: 0.95, ben: 0.9, cleo: 0.92, dice: 0.5, mirror: 0.05 };

describe.each([1, 2, 3, 4, 5])("seed %i", (seed) => {
  it("knows good, guessing and reversed people apart by double answers alone", () => {
    const { votes } = votesOf(PEOPLE, 600, 2, new Random(seed));
    const found = estimateReliability(votes, new Map());
    for (const name of ["ana", "ben", "cleo"]) expect(found.get(name)?.weight, name).toBeGreaterThan(0.7);
    expect(found.get("dice")?.weight).toBeLessThan(0.35);
    expect(found.get("mirror")?.weight).toBeLessThan(0.1);
    expect(found.get("mirror")?.votes).toBe(votes.filter(({ annotator }) => annotator === "mirror").length);
  });

  it("knows who is reversed where two people disagree and the reward model knows something", () => {
    const random = new Random(seed);
    const { votes, truth } = votesOf({ ana: 0.95, mirror: 0.05 }, 200, 2, random);
    const predicted = new Map(
      [...truth].map(([query, left]) => [query, random.float() < 0.8 === left ? 0.7 : 0.3] as const),
    );
    const found = estimateReliability(votes, predicted);
    expect(found.get("ana")?.weight).toBeGreaterThan(0.8);
    expect(found.get("mirror")?.weight).toBeLessThan(0.1);
  });

  it("does not heed a reward model that knows nothing", () => {
    const random = new Random(seed);
    const { votes, truth } = votesOf({ ana: 0.95, ben: 0.93, cleo: 0.95 }, 300, 2, random);
    const predicted = new Map([...truth.keys()].map((query) => [query, random.float()] as const));
    for (const [name, { weight }] of estimateReliability(votes, predicted)) expect(weight, name).toBeGreaterThan(0.75);
  });
});

it("takes somebody unknown at their word", () => {
  const found = estimateReliability([{ query: 1, annotator: "new", left: true }], new Map());
  expect(found.get("new")?.weight).toBeGreaterThan(0.99);
  expect(estimateReliability([], new Map()).size).toBe(0);
});

it("weighs by the share of answers that are no guesses", () => {
  expect(weightOf(0.95)).toBeCloseTo(1, 9);
  expect(weightOf(1)).toBe(1);
  expect(weightOf(0.5)).toBe(0);
  expect(weightOf(0.1)).toBe(0);
  expect(weightOf(0.725)).toBeCloseTo(0.5);
});
