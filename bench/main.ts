// npm run -s bench -- NAME [--json] [--seconds N] [--labels N] [--seed N]
import { parseArgs } from "node:util";

const BENCHES = ["kernel", "physics", "loop", "backflips", "latency", "memory", "repeat", "annotators", "page"];
/** Those that go on for as long as they are told, and those whose run can be another. */
const TIMED = ["annotators"];
const TAUGHT = ["page"];

interface Bench {
  /** Measures, tells people what it does on standard error, and returns the figures. */
  run(options: { json: boolean; seconds?: number; flags?: readonly string[] }): Promise<object>;
}

/** What the command line asks for, or in a sentence what is wrong with it. */
function read(args: string[]): { name: string; options: Parameters<Bench["run"]>[0] } | string {
  const number = { type: "string" } as const;
  const options = { json: { type: "boolean" }, seconds: number, labels: number, seed: number } as const;
  let parsed;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { json = false, seconds, ...run } = parsed.values;
  const names = parsed.positionals;
  const [name] = names;
  if (names.length !== 1 || !BENCHES.includes(name)) {
    const given = names.length === 0 ? "No benchmark was named" : `There is no benchmark "${names.join(" ")}"`;
    return `${given}. The known ones are ${BENCHES.join(", ")}: npm run -s bench -- kernel [--json]`;
  }
  if (seconds !== undefined && (!TIMED.includes(name) || !(Number(seconds) > 0))) {
    return `--seconds takes a number above 0, and only ${TIMED.join(", ")} has it.`;
  }
  const flags = Object.entries(run).flatMap(([flag, value]) => [`--${flag}`, value]);
  if (flags.length > 0 && !TAUGHT.includes(name)) return `Only ${TAUGHT.join(", ")} has --labels and --seed.`;
  return { name, options: { json, ...(seconds === undefined ? {} : { seconds: Number(seconds) }), flags } };
}

const asked = read(process.argv.slice(2));
if (typeof asked === "string") {
  process.stderr.write(`${asked}\n`);
  process.exitCode = 2;
} else {
  const { name, options } = asked;
  try {
    const bench: Bench = await import(`./${name}.ts`);
    const figures = await bench.run(options);
    process.stdout.write(`${options.json ? JSON.stringify(figures) : JSON.stringify(figures, null, 2)}\n`);
  } catch (error) {
    process.stderr.write(`The benchmark failed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
