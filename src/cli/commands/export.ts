import { createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { openExistingData } from "../../host/data.ts";
import { UsageError } from "../../host/errors.ts";
import { trajectoryLines } from "../../host/trajectories.ts";
import type { Output } from "../output.ts";

/**
 * Writes a run's judgements with what was compared, or with `demonstrations` the trajectories that people showed, one
 * JSON object a line. `-` is standard output.
 */
export async function exportRun(
  output: Output,
  idOrName: string,
  file: string,
  demonstrations: boolean,
  data: string | undefined,
): Promise<number> {
  const store = await openExistingData(data);
  try {
    const run = await store.findRun(idOrName);
    let count = 0;
    const judgements = store.exportJudgements(run.id);
    const lines = async function* (): AsyncGenerator<string> {
      for await (const line of demonstrations ? trajectoryLines(judgements) : judgements) {
        count++;
        yield `${JSON.stringify(line)}\n`;
      }
    };
    if (file === "-") {
      for await (const line of lines()) process.stdout.write(line);
      return 0;
    }
    // "wx" refuses a file that is there: it may be somebody's only copy.
    const target = createWriteStream(file, { flags: "wx" });
    try {
      await pipeline(lines, target);
    } catch (error) {
      throw explain(error, file);
    }
    output.result(
      { event: "exported", run: run.id, file, [demonstrations ? "demonstrations" : "judgements"]: count },
      `${count} ${demonstrations ? "demonstrations" : "judgements"} of ${run.id} are in ${file}.`,
    );
    return 0;
  } finally {
    await store.close();
  }
}

function explain(error: unknown, file: string): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EEXIST")
    return new UsageError(`${file} is there already. Give a name that is free, or remove that file first.`);
  if (code === "ENOENT")
    return new UsageError(`${file} cannot be written: its directory does not exist. Make it first.`);
  return error;
}
