// What the fake server remembers of its run: moments of the agent, clips by predicted reward, and many answers.
import type { Answer } from "../../src/feedback/judgement.ts";
import { SURPRISING } from "../../src/feedback/surprise.ts";
import type { AnswersView, AnswerView, ClipsView, ReplayView, ReviseBody } from "../../src/server/answers-api.ts";
import type { QueryView } from "../../src/server/api.ts";
import type { HistoryView, MomentView } from "../../src/server/history-api.ts";
import { fakeClip } from "./fake-clips.ts";

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const STEPS = 62;
const ANSWERS = 230;

export class FakePast {
  /** Moments at 0, 10 and so on to 60 % of a million steps. */
  moments: HistoryView["moments"] = Array.from({ length: 7 }, (_, tenth) => moment(tenth));
  /** Standing answers, newest first; `sequence` counts down from their number. */
  answers: AnswerView[] = Array.from({ length: ANSWERS }, (_, index) => answer(ANSWERS - index));
  /** Bodies of revisions, as they came. */
  readonly revisions: { readonly of: string; readonly body: ReviseBody }[] = [];

  /** @param what method and path below the run, such as `GET /history`. Null for what belongs to others. */
  reply(what: string, parameters: URLSearchParams, body: string): Reply | null {
    const [, first, second, third] = what.split("/");
    if (what === "GET /history") return ok({ moments: this.moments } satisfies HistoryView);
    if (what.startsWith("GET /history/")) return this.#moment(Number(second));
    if (what === "GET /clips") return ok(clips(parameters.get("sort") ?? "best"));
    if (what.startsWith("GET /queries/")) return ok(replay(Number(second)));
    if (what === "GET /judgements") return ok(this.#page(parameters));
    if (first !== "judgements" || !this.answers.some(({ id }) => id === second)) return null;
    if (third === "revise") return this.#revise(second, JSON.parse(body));
    if (!what.startsWith("DELETE")) return null;
    this.answers = this.answers.filter(({ id }) => id !== second);
    return ok({ labels: this.answers.length, query: replay(1).query });
  }

  #moment(steps: number): Reply {
    const found = this.moments.find((moment) => moment.steps === steps);
    if (found === undefined) return { status: 404, body: { error: { message: "Nothing is remembered of that." } } };
    return ok({ ...found, clip: fakeClip(steps / 500_000, 0.5) } satisfies MomentView);
  }

  #page(parameters: URLSearchParams): AnswersView {
    const limit = Number(parameters.get("limit") ?? 100);
    const before = Number(parameters.get("before") ?? Number.MAX_SAFE_INTEGER);
    const passing = this.answers.filter(
      (answer) =>
        matches(parameters.get("kind"), answer.kind) &&
        matches(parameters.get("annotator"), answer.annotator) &&
        matches(parameters.get("selection"), answer.selection) &&
        matches(parameters.get("choice"), choiceOf(answer.answer)) &&
        (parameters.get("surprising") !== "true" || (answer.probability ?? 1) < SURPRISING),
    );
    const rest = passing.filter(({ query }) => query < before);
    const answers = rest.slice(0, limit);
    return {
      answers,
      next: rest.length > limit ? (answers.at(-1)?.query ?? null) : null,
      annotators: ["Ana", "Ben", "person"],
    };
  }

  #revise(of: string, body: ReviseBody): Reply {
    this.revisions.push({ of, body });
    this.answers = this.answers.map((answer) =>
      answer.id === of ? { ...answer, id: body.id, answer: body.answer } : answer,
    );
    return { status: 201, body: { id: body.id } };
  }
}

function ok(body: unknown): Reply {
  return { status: 200, body };
}

function matches(wanted: string | null, value: string): boolean {
  return wanted === null || wanted === value;
}

function choiceOf(answer: Answer): string {
  return "choice" in answer ? answer.choice : "stars" in answer ? String(answer.stars) : "";
}

/** The moment at a tenth of the run; the agent gets better at backflips. */
export function moment(tenth: number): HistoryView["moments"][number] {
  const steps = tenth === 0 ? 0 : 100_000 * tenth + 352;
  return { steps, labels: 25 * tenth, measures: { backflips: tenth < 2 ? 0.1 * tenth : 0.7 * (tenth - 1) } };
}

function answer(sequence: number): AnswerView {
  const given = GIVEN[sequence % GIVEN.length];
  return {
    id: `a${sequence}`,
    query: sequence,
    kind: given.kind,
    selection: sequence < 60 ? "initial" : "disagreement",
    atStep: 2_000 * sequence,
    answer: given,
    annotator: ["Ana", "Ben", "person"][sequence % 3],
    decisionMilliseconds: sequence % 11 === 0 ? null : 900 + 37 * (sequence % 40),
    answered: new Date(Date.UTC(2026, 10, 23, 12, 0, sequence)).toISOString(),
    probability: given.kind === "comparison" && given.choice !== "equal" ? ((sequence * 37) % 90) / 100 + 0.05 : null,
  };
}

const GIVEN: readonly Answer[] = [
  { kind: "comparison", choice: "left" },
  { kind: "comparison", choice: "right", strength: "clearly" },
  { kind: "comparison", choice: "equal" },
  { kind: "comparison", choice: "right" },
  { kind: "rating", stars: 4 },
  { kind: "good-bad", choice: "bad" },
];

/** Rewards of a clip: a swell whose height and place tell which clip it is. */
function rewards(seed: number, scale: number): number[] {
  return Array.from({ length: STEPS }, (_, step) => {
    const phase = (Math.PI * step) / STEPS;
    return Number((scale * (Math.sin(phase) ** 2 + 0.15 * Math.sin(7 * phase + seed))).toFixed(4));
  });
}

function clips(sort: string): ClipsView {
  const sign = sort === "worst" ? -1 : 1;
  return {
    clips: Array.from({ length: 12 }, (_, index) => {
      const scale = sign * (0.09 - 0.005 * index);
      const of = rewards(index, scale);
      return {
        segment: 100 + index,
        atStep: 500_000 - 31_000 * index,
        predicted: Number(of.reduce((sum, reward) => sum + reward, 0).toFixed(3)),
        rewards: of,
        ...fakeClip(sign > 0 ? 1 - 0.05 * index : 0, 0.4),
      };
    }),
  };
}

function replay(query: number): ReplayView {
  const given = GIVEN[query % GIVEN.length];
  const both = given.kind === "comparison";
  const shown = [fakeClip(0.9, 0), fakeClip(0.2, 0.3)].slice(0, both ? 2 : 1);
  const view: QueryView = {
    id: query,
    kind: given.kind,
    selection: "disagreement",
    atStep: 2_000 * query,
    clips: shown.map((clip, index) => ({ segments: [2 * query + index], steps: STEPS, ...clip })),
  };
  return {
    query: view,
    rewards: shown.map((_, index) => (index === 0 ? rewards(query, 0.08) : rewards(query, -0.03))),
  };
}
