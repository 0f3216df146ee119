import fc from "fast-check";
import { expect, it } from "vitest";
import { LEASE, Leases } from "./leases.ts";

const OPEN = [1, 2, 3, 4, 5, 6];

function withClock(): { leases: Leases; pass: (milliseconds: number) => void } {
  let now = 0;
  return { leases: new Leases(() => now), pass: (milliseconds) => (now += milliseconds) };
}

it("gives two people different queries, and each the same ones again", () => {
  const { leases } = withClock();
  expect(leases.take("ana", OPEN, 2)).toEqual([1, 2]);
  expect(leases.take("ben", OPEN, 3)).toEqual([3, 4, 5]);
  expect(leases.take("ana", OPEN, 2)).toEqual([1, 2]);
  expect(leases.take("cleo", OPEN, 2)).toEqual([6]);
  expect(leases.othersThan("ana")).toBe(true);
  // Query 1 was answered: what ana looks at next stays hers.
  expect(leases.take("ana", [2, 3, 4, 5, 6, 7], 2)).toEqual([2, 7]);
});

it("asks what was taken back before what is held, where it comes first", () => {
  const { leases } = withClock();
  leases.take("ana", OPEN, 2);
  expect(leases.take("ana", [9, ...OPEN], 3)).toEqual([9, 1, 2]);
});

it("frees queries when a lease runs out, when it is given back, and when fewer are wanted", () => {
  const { leases, pass } = withClock();
  leases.take("ana", OPEN, 3);
  pass(LEASE - 1);
  expect(leases.take("ben", OPEN, 1)).toEqual([4]);
  pass(1);
  expect(leases.take("ben", OPEN, 6)).toEqual(OPEN);
  leases.release("ben", 2);
  expect(leases.take("ana", OPEN, 6)).toEqual([2]);
  leases.take("ben", OPEN, 1);
  expect(leases.take("ana", OPEN, 6)).toEqual([2, 3, 4, 5, 6]);
  leases.release("ana");
  leases.release("nobody");
  expect(leases.othersThan("ana")).toBe(true);
  expect(leases.othersThan("ben")).toBe(false);
});

it("keeps what a person who is there looks at, and brings nothing back that ran out", () => {
  const { leases, pass } = withClock();
  leases.take("ana", OPEN, 1);
  for (let i = 0; i < 5; i++) {
    pass(LEASE - 1);
    leases.renew("ana");
  }
  expect(leases.take("ben", OPEN, 1)).toEqual([2]);
  pass(LEASE);
  leases.renew("ana");
  expect(leases.take("ben", OPEN, 1)).toEqual([1]);
});

it("gives back what was taken back, unless somebody holds it", () => {
  const { leases } = withClock();
  leases.hold("ana", 9);
  leases.hold("ben", 9);
  expect(leases.take("ben", [9, ...OPEN], 1)).toEqual([1]);
  expect(leases.take("ana", [9, ...OPEN], 1)).toEqual([9]);
});

const step = fc.record({
  person: fc.constantFrom("ana", "ben", "cleo"),
  limit: fc.integer({ min: 1, max: 4 }),
  does: fc.constantFrom("take", "renew", "leave", "answer", "wait"),
});

it("never leases a query to two people at once", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { leases, pass } = withClock();
      let open = [...OPEN];
      const shown = new Map<string, { queries: number[]; seen: number }>();
      let now = 0;
      for (const { person, limit, does } of steps) {
        if (does === "take") shown.set(person, { queries: leases.take(person, open, limit), seen: now });
        else if (does === "renew") {
          leases.renew(person);
          const own = shown.get(person);
          if (own !== undefined && now - own.seen < LEASE) own.seen = now;
        } else if (does === "leave") {
          leases.release(person);
          shown.delete(person);
        } else if (does === "answer") {
          const answered = shown.get(person)?.queries.shift();
          if (answered === undefined) continue;
          open = [...open.filter((id) => id !== answered), 100 + open.length + answered];
          leases.release(person, answered);
        } else {
          pass(LEASE / 2);
          now += LEASE / 2;
        }
        const current = [...shown.values()].filter(({ seen }) => now - seen < LEASE);
        const all = current.flatMap(({ queries }) => queries.filter((id) => open.includes(id)));
        expect(new Set(all).size).toBe(all.length);
      }
    }),
  );
});
