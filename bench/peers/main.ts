// npm run -s bench:peers -- [PART …] [--repetitions N] [--json]
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { ratios, type Bench, type Part } from "./comparison.ts";
import { Peer } from "./peer.ts";
import { physics } from "./physics.ts";
import { replaceBetween, section, table } from "./report.ts";
import { spread } from "./statistics.ts";
import { trainingStep } from "./training-step.ts";
import { ppo } from "./ppo-speed.ts";
import { preferences } from "./preferences.ts";
import { preparePython } from "./virtual-environment.ts";

const PARTS: readonly Part[] = [physics, trainingStep, ppo, preferences];
const REPETITIONS = 5;
const DOCUMENT = fileURLToPath(new URL("../../docs/results.md", import.meta.url));

const tell = (line: string): void => void process.stderr.write(`${line}\n`);

interface Words {
  readonly parts: readonly Part[];
  readonly repetitions: number;
  readonly json: boolean;
}

/** @throws Error that says which parts and flags there are */
function readWords(words: readonly string[]): Words {
  const { values, positionals } = parseArgs({
    args: [...words],
    options: { repetitions: { type: "string" }, json: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const known = PARTS.map((part) => part.name);
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`There is no part "${unknown}". The known ones are ${known.join(", ")}.`);
  const repetitions = Number(values.repetitions ?? REPETITIONS);
  if (!Number.isInteger(repetitions) || repetitions < 1) {
    throw new Error(`--repetitions: expected a whole number from 1 up, but got ${values.repetitions}.`);
  }
  const parts = positionals.length === 0 ? PARTS : PARTS.filter((part) => positionals.includes(part.name));
  return { parts, repetitions, json: values.json };
}

async function run({ parts, repetitions, json }: Words): Promise<void> {
  const python = preparePython(tell);
  for (const part of parts) {
    const peers: Peer[] = [];
    const bench: Bench = {
      repetitions,
      cores: availableParallelism(),
      peer: (script) => {
        const peer = new Peer(python, script);
        peers.push(peer);
        return peer;
      },
      tell,
    };
    try {
      const findings = await part.measure(bench);
      if (json) {
        const comparisons = findings.comparisons.map((line) => ({ ...line, ratio: spread(ratios(line)) }));
        process.stdout.write(`${JSON.stringify({ event: "measured", part: part.name, repetitions, comparisons })}\n`);
      } else {
        process.stdout.write(`${table(findings.comparisons)}\n\n`);
      }
      // A spread over fewer says too little to be kept.
      if (repetitions >= REPETITIONS) {
        const document = readFileSync(DOCUMENT, "utf8");
        writeFileSync(DOCUMENT, replaceBetween(document, part.name, section(part.title, findings, repetitions)));
        tell(`${part.name}: written to docs/results.md`);
      }
    } finally {
      for (const peer of peers) peer.close();
    }
  }
}

let words: Words | undefined;
try {
  words = readWords(process.argv.slice(2));
} catch (error) {
  tell(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
}
if (words !== undefined) {
  try {
    await run(words);
  } catch (error) {
    tell(`The comparison failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
