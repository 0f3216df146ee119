// How far people agree beyond what chance would bring: Krippendorff's alpha, over all of them and for each.

/** One answer as agreement sees it. `value` says which category; for ratings it is their number. */
export interface Opinion {
  readonly item: number;
  readonly annotator: string;
  readonly value: string | number;
}

/** `nominal`: values are equal or not. `ordinal`: values are numbers whose order counts and whose distances do not. */
export type Level = "nominal" | "ordinal";

export interface Agreement {
  /** 1: all agree; 0: as by chance; below 0: less than by chance. Null where nothing can be compared, or never varies. */
  readonly alpha: number | null;
  /** Answers to items that two people or more answered. */
  readonly paired: number;
}

export interface PeoplesAgreement extends Agreement {
  /** Each person's answers against those of the others to the same items. */
  readonly people: ReadonlyMap<string, Agreement>;
}

/**
 * Krippendorff's alpha, 1 − observed / expected disagreement, where any number of people answered each item
 * (Krippendorff 2011, *Computing Krippendorff's alpha-reliability*). Expected is what random pairs of all paired answers
 * would show. A person's own alpha counts only pairs with an answer of theirs, against the same expectation, so that the
 * mean of the persons' alphas, weighted by their paired answers, is alpha itself.
 */
export function krippendorff(opinions: readonly Opinion[], level: Level): PeoplesAgreement {
  const items = byItem(opinions).filter((answers) => answers.length > 1);
  const paired = items.reduce((sum, answers) => sum + answers.length, 0);
  const counts = new Map<string | number, number>();
  for (const { value } of items.flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
  const distance = level === "nominal" ? differ : ordinalDistance(counts);

  let expected = 0;
  for (const [a, countA] of counts) for (const [b, countB] of counts) expected += countA * countB * distance(a, b);
  expected /= paired * (paired - 1);

  const persons = new Map<string, { disagreement: number; paired: number }>();
  let observed = 0;
  for (const answers of items) {
    for (const { annotator, value } of answers) {
      let disagreement = 0;
      for (const other of answers) disagreement += distance(value, other.value);
      disagreement /= answers.length - 1;
      observed += disagreement;
      const person = persons.get(annotator) ?? { disagreement: 0, paired: 0 };
      person.disagreement += disagreement;
      person.paired += 1;
      persons.set(annotator, person);
    }
  }
  const alpha = (disagreement: number, answers: number): number | null =>
    expected > 0 && answers > 0 ? 1 - disagreement / answers / expected : null;
  return {
    alpha: alpha(observed, paired),
    paired,
    people: new Map(
      [...persons].map(([name, own]) => [name, { alpha: alpha(own.disagreement, own.paired), paired: own.paired }]),
    ),
  };
}

/** Several agreements as one: the mean of those that say something, weighted by their paired answers. */
export function pooled(agreements: readonly Agreement[]): Agreement {
  let sum = 0;
  let paired = 0;
  for (const { alpha, paired: answers } of agreements) {
    if (alpha === null) continue;
    sum += alpha * answers;
    paired += answers;
  }
  return { alpha: paired === 0 ? null : sum / paired, paired };
}

function byItem(opinions: readonly Opinion[]): Opinion[][] {
  const items = new Map<number, Opinion[]>();
  for (const opinion of opinions) {
    const answers = items.get(opinion.item);
    if (answers === undefined) items.set(opinion.item, [opinion]);
    else answers.push(opinion);
  }
  return [...items.values()];
}

function differ(a: string | number, b: string | number): number {
  return a === b ? 0 : 1;
}

/** The square of how many answers lie between two values, with half of the answers that have either value. */
function ordinalDistance(
  counts: ReadonlyMap<string | number, number>,
): (a: string | number, b: string | number) => number {
  const middles = new Map<string | number, number>();
  let below = 0;
  for (const [value, count] of [...counts].sort(([a], [b]) => Number(a) - Number(b))) {
    middles.set(value, below + count / 2);
    below += count;
  }
  return (a, b) => ((middles.get(a) ?? 0) - (middles.get(b) ?? 0)) ** 2;
}
