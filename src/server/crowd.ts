// What several people's answers say about each other: how far they agree, and whom to rely on how much.
import { krippendorff, pooled, type Opinion } from "../feedback/agreement.ts";
import type { Kind } from "../feedback/judgement.ts";
import { sigmoid } from "../feedback/logistic.ts";
import { estimateReliability, type Reliability, type Vote } from "../feedback/reliability.ts";
import type { ComparisonVote, SharedJudgement } from "../store/opinions.ts";
import type { Store } from "../store/store.ts";
import type { RunDirectory } from "./live.ts";
import type { CrowdView } from "./people-api.ts";

/** Milliseconds without an answer that count as a break. */
const PAUSE = 60_000;
/** The latest answers that are looked at: enough to know people by, and quickly gone through. */
const MOST = 5_000;
/** Milliseconds between two estimates of a run at least. */
const REST = 10_000;
/** Weights that move less than this are not worth telling. */
const NOTICEABLE = 0.05;

interface Known {
  /** What training was told last. */
  readonly told: Map<string, number>;
  timer: NodeJS.Timeout | null;
}

export class Crowd {
  readonly #store: Store;
  readonly #runs: RunDirectory;
  readonly #onError: (error: Error) => void;
  readonly #known = new Map<string, Known>();
  readonly #unsubscribe: () => void;

  constructor(store: Store, runs: RunDirectory, onError: (error: Error) => void) {
    this.#store = store;
    this.#runs = runs;
    this.#onError = onError;
    // A run that begins here, anew or again, has been told nothing.
    this.#unsubscribe = runs.subscribe((run) => {
      this.#forget(run);
      if (runs.live(run) !== null) this.answered(run);
    });
  }

  /** There are new answers, or some were taken back: people's weights are looked at again before long. */
  answered(run: string): void {
    const known = this.#known.get(run) ?? { told: new Map<string, number>(), timer: null };
    this.#known.set(run, known);
    if (known.timer !== null) return;
    known.timer = setTimeout(() => {
      known.timer = null;
      this.#weigh(run, known.told).catch((error: unknown) =>
        this.#onError(error instanceof Error ? error : new Error(String(error))),
      );
    }, REST);
    known.timer.unref();
  }

  /** How everybody who answered in the run does. */
  async view(run: string): Promise<CrowdView> {
    const paces = await this.#store.annotatorPaces(run, PAUSE);
    const agreements = byKind(await this.#store.sharedJudgements(run, MOST));
    const total = pooled(agreements);
    const reliabilities = await this.#reliabilities(run);
    return {
      ...total,
      people: paces.map(({ annotator, answers, worked, paced }) => {
        const own = agreements.flatMap(({ people }) => people.get(annotator) ?? []);
        const reliability = reliabilities.get(annotator);
        return {
          name: annotator,
          answers,
          answersPerMinute: worked > 0 ? (paced * 60_000) / worked : null,
          ...pooled(own),
          correct: reliability?.correct ?? null,
          weight: reliability?.weight ?? 1,
        };
      }),
    };
  }

  close(): void {
    this.#unsubscribe();
    for (const run of this.#known.keys()) this.#forget(run);
  }

  async #weigh(run: string, told: Map<string, number>): Promise<void> {
    const live = this.#runs.live(run);
    if (live === null) return;
    const weights: Record<string, number> = {};
    for (const [name, { weight }] of await this.#reliabilities(run)) {
      if (Math.abs(weight - (told.get(name) ?? 1)) < NOTICEABLE) continue;
      told.set(name, weight);
      weights[name] = weight;
    }
    if (Object.keys(weights).length > 0) live.weighed(weights);
  }

  /** Empty where one person alone answered: there is nobody to compare them with. */
  async #reliabilities(run: string): Promise<ReadonlyMap<string, Reliability>> {
    const given = await this.#store.comparisonVotes(run, MOST);
    if (new Set(given.map(({ annotator }) => annotator)).size < 2) return new Map();
    return estimateReliability(given.flatMap(toVote), predictionsOf(given));
  }

  #forget(run: string): void {
    const known = this.#known.get(run);
    if (known === undefined) return;
    if (known.timer !== null) clearTimeout(known.timer);
    this.#known.delete(run);
  }
}

function toVote({ query, annotator, choice }: ComparisonVote): readonly Vote[] {
  return choice === "left" || choice === "right" ? [{ query, annotator, left: choice === "left" }] : [];
}

function predictionsOf(votes: readonly ComparisonVote[]): ReadonlyMap<number, number> {
  return new Map(
    votes.flatMap(({ query, predicted }) => (predicted === null ? [] : [[query, sigmoid(predicted)] as const])),
  );
}

/** The agreement of each kind of answer that can be compared; stars by their order, all else by being the same. */
function byKind(judgements: readonly SharedJudgement[]) {
  const kinds = new Map<Kind, Opinion[]>();
  for (const { query, kind, annotator, answer_json } of judgements) {
    // The store keeps answers of this form only.
    const answer = JSON.parse(answer_json) as { readonly choice?: string; readonly stars?: number };
    const value = answer.stars ?? answer.choice;
    // Who cannot tell neither agrees nor disagrees. Answers of other kinds are hardly ever the same twice.
    if (value === undefined || value === "cannot-tell") continue;
    const opinions = kinds.get(kind) ?? [];
    opinions.push({ item: query, annotator, value });
    kinds.set(kind, opinions);
  }
  return [...kinds].map(([kind, opinions]) => krippendorff(opinions, kind === "rating" ? "ordinal" : "nominal"));
}
