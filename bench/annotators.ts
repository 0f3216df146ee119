// Many people who answer one run at once: that no answer is lost, doubled or put down to somebody else, how long the
// next pair takes, and what that costs the thread which answers them.
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openStore } from "../src/store/open.ts";
import { Annotator } from "./annotators/annotator.ts";
import type { FromServer, Load, ToServer } from "./annotators/messages.ts";
import { sumUpWaits } from "./waits.ts";

const ANNOTATORS = 100;
const SECONDS = 600;
/** New pairs a second, over all annotators: one for each of them, which is faster than people look at two clips. */
const RATE = 100;

export interface Size {
  readonly annotators: number;
  readonly seconds: number;
  readonly rate: number;
}

export interface Outcome {
  readonly answers: number;
  /** Acknowledged and not on disk. */
  readonly lost: number;
  /** On disk more than once, or by one person on the same query twice. */
  readonly doubled: number;
  /** On disk under another name than that of whoever gave them. */
  readonly misattributed: number;
  /** On disk though nobody had an acknowledgement: answers whose connection broke and that the time ran out on. */
  readonly unacknowledged: number;
  readonly refused: readonly string[];
  readonly secondOpinions: number;
  readonly faults: readonly string[];
  readonly waits: readonly number[];
  readonly loads: readonly Load[];
}

/** Has so many annotators answer for so long, and looks at what is on disk then. */
export async function answerTogether({ annotators, seconds, rate }: Size): Promise<Outcome> {
  const directory = await mkdtemp(join(tmpdir(), "heed-annotators-"));
  const server = fork(fileURLToPath(new URL("annotators/server.ts", import.meta.url)), [
    directory,
    String(rate),
    String(annotators),
  ]);
  server.setMaxListeners(0);
  try {
    const faults: string[] = [];
    server.on("message", (message: FromServer) => {
      if (message.kind === "fault") faults.push(message.message);
    });
    const { port, run, tokens } = await hear(server, "serving");
    const people = tokens.map((token, index) => new Annotator(`annotator-${index + 1}`, token, port, run, index + 1));

    await loadOf(server);
    const loads: Load[] = [];
    const every = Math.max(1, seconds / 20);
    const sampling = setInterval(() => void loadOf(server).then((load) => loads.push(load)), every * 1_000);
    const end = performance.now() + seconds * 1_000;
    await Promise.all(people.map((person) => person.work(end)));
    clearInterval(sampling);
    say(server, { kind: "stop" });
    await once(server, "exit");
    return { ...(await compare(directory, run, people)), faults, loads };
  } finally {
    server.kill("SIGKILL");
    await rm(directory, { recursive: true, force: true });
  }
}

async function compare(
  directory: string,
  run: string,
  people: readonly Annotator[],
): Promise<Omit<Outcome, "faults" | "loads">> {
  const store = await openStore(directory, "0.1.0");
  try {
    const { judged } = (await store.resume(run)).start;
    const kept = judged.map(({ judgement }) => judgement);
    const ids = new Set(kept.map(({ id }) => id));
    const acknowledged = people.flatMap(({ answers }) => answers.acknowledged);
    const byQuery = Map.groupBy(kept, ({ query }) => query);
    const pairs = new Set(kept.map(({ query, annotator }) => `${query} ${annotator}`));
    return {
      answers: acknowledged.length,
      lost: acknowledged.filter((id) => !ids.has(id)).length,
      doubled: kept.length - ids.size + (kept.length - pairs.size) + (acknowledged.length - new Set(acknowledged).size),
      misattributed: kept.filter(({ id, annotator }) => id.split(".")[0] !== annotator).length,
      unacknowledged: kept.length - new Set(acknowledged).size,
      refused: people.flatMap(({ answers }) => answers.refused),
      secondOpinions: [...byQuery.values()].filter((judgements) => judgements.length > 1).length,
      waits: people.flatMap(({ answers }) => answers.waits),
    };
  } finally {
    await store.close();
  }
}

function say(server: ChildProcess, message: ToServer): void {
  server.send(message);
}

async function hear<Kind extends FromServer["kind"]>(
  server: ChildProcess,
  kind: Kind,
): Promise<Extract<FromServer, { kind: Kind }>> {
  return new Promise((resolve, reject) => {
    const listener = (message: FromServer): void => {
      if (message.kind !== kind) return;
      server.off("message", listener);
      // The kind was just looked at, which a type parameter cannot express.
      resolve(message as Extract<FromServer, { kind: Kind }>);
    };
    server.on("message", listener);
    server.once("exit", (code) => reject(new Error(`The server ended with code ${code}.`)));
  });
}

async function loadOf(server: ChildProcess): Promise<Load> {
  const heard = hear(server, "load");
  say(server, { kind: "load" });
  return (await heard).load;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

export async function run({ json, seconds = SECONDS }: { json: boolean; seconds?: number }): Promise<object> {
  if (!json) process.stderr.write(`${ANNOTATORS} annotators, ${RATE} pairs a second, ${seconds} seconds\n`);
  const outcome = await answerTogether({ annotators: ANNOTATORS, seconds, rate: RATE });
  const { waits, loads, refused, ...counts } = outcome;
  // The first samples hold what starts up.
  const settled = loads.slice(Math.ceil(loads.length / 4));
  return {
    event: "finished",
    bench: "annotators",
    annotators: ANNOTATORS,
    seconds,
    ...counts,
    refused: refused.length,
    nextPairMilliseconds: sumUpWaits(waits, 1),
    mainThread: {
      cores: rounded(mean(settled.map(({ cores }) => cores)), 3),
      utilisation: rounded(mean(settled.map(({ utilisation }) => utilisation)), 3),
    },
    memoryMegabytes: {
      heap: settled.map(({ heapMegabytes }) => Math.round(heapMegabytes)),
      resident: settled.map(({ residentMegabytes }) => Math.round(residentMegabytes)),
    },
  };
}
