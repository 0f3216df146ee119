// Kills a run again and again, and looks each time whether the disk still has what it had.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Random } from "../src/environment/random.ts";
import { jsonLines, startCommand, type Command } from "./command.ts";

export interface Killing {
  readonly data: string;
  readonly kills: number;
  readonly labels: number;
  readonly steps: number;
  /** Longest life of a process before it is killed, in milliseconds. */
  readonly life: number;
  readonly seed: number;
  readonly onKill?: (kill: number, judgements: number) => void;
}

export interface Killed {
  readonly run: string;
  readonly kills: number;
  /** Judgements that were on disk after some kill. */
  readonly acknowledged: number;
  /** Of those, how many were not there later. */
  readonly lost: number;
  /** Judgements or queries with more than one standing judgement at the end. */
  readonly doubled: number;
  /** Judgements at the end, and what the run said of itself. */
  readonly judgements: number;
  readonly finished: boolean;
  readonly labels: number;
}

/** Starts a simulated run, kills it at random moments, resumes it each time, and at last lets it finish. */
export async function killAgainAndAgain({ data, kills, labels, steps, life, seed, onKill }: Killing): Promise<Killed> {
  const random = new Random(seed);
  const common = ["--json", "--port", "0", "--data", data];
  const acknowledged = new Set<string>();
  const lost = new Set<string>();
  const look = (): readonly Standing[] => {
    const standing = readStanding(data);
    const ids = new Set(standing.map(({ id }) => id));
    for (const id of acknowledged) if (!ids.has(id)) lost.add(id);
    for (const id of ids) acknowledged.add(id);
    return standing;
  };

  const simulated = ["teach", "hopper-backflip", "--teacher", "simulated", "--seed", String(seed)];
  const size = ["--labels", String(labels), "--steps", String(steps)];
  let command: Command = startCommand([...simulated, ...size, ...common]);
  // There is no run to go on with before this line.
  const { run } = await command.line(({ event }) => event === "started");
  // Something to lose, however slow the machine is; the later kills come whenever they come.
  await command.line(({ labels }) => Number(labels) > 0);
  let killed = 0;
  while (killed < kills) {
    const alive = await Promise.race([command.ended.then(() => false), pause(random.float() * life).then(() => true)]);
    if (!alive) throw new Error(`The run ended before its kill number ${killed + 1}:\n${(await command.ended).stderr}`);
    command.process.kill("SIGKILL");
    await command.ended;
    killed++;
    onKill?.(killed, look().length);
    command = startCommand(["resume", String(run), ...common]);
  }
  const { code, stdout, stderr } = await command.ended;
  const last = jsonLines(stdout).at(-1);
  if (code !== 0 || last === undefined) throw new Error(`The last resumption failed with ${code}:\n${stderr}`);
  const standing = look();
  return {
    run: String(run),
    kills: killed,
    acknowledged: acknowledged.size,
    lost: lost.size,
    doubled: 2 * standing.length - distinct(standing, "id") - distinct(standing, "query"),
    judgements: standing.length,
    finished: last.event === "finished",
    labels: Number(last["labels"]),
  };
}

interface Standing {
  readonly id: string;
  readonly query: number;
}

/** What the database says, asked without any of heed's own code. */
function readStanding(data: string): readonly Standing[] {
  const database = new DatabaseSync(join(data, "heed.sqlite"));
  try {
    const rows = database.prepare("select id, query from judgements where taken_back_at is null").all();
    return rows.map(({ id, query }) => ({ id: String(id), query: Number(query) }));
  } finally {
    database.close();
  }
}

function distinct(standing: readonly Standing[], key: keyof Standing): number {
  return new Set(standing.map((judgement) => judgement[key])).size;
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
