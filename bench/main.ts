// npm run -s bench -- NAME [--json] [--seconds N]
const BENCHES = ["kernel", "physics", "loop", "backflips", "latency", "memory", "repeat", "annotators", "page"];
/** Those that go on for as long as they are told. */
const TIMED = ["annotators"];

interface Bench {
  /** Measures, tells people what it does on standard error, and returns the figures. */
  run(options: { json: boolean; seconds?: number }): Promise<object>;
}

const words = process.argv.slice(2);
const json = words.includes("--json");
const at = words.indexOf("--seconds");
const seconds = at < 0 ? undefined : Number(words[at + 1]);
const names = words.filter((word, index) => word !== "--json" && (at < 0 || (index !== at && index !== at + 1)));
const [name] = names;

if (names.length !== 1 || !BENCHES.includes(name)) {
  const given = names.length === 0 ? "No benchmark was named" : `There is no benchmark "${names.join(" ")}"`;
  process.stderr.write(`${given}. The known ones are ${BENCHES.join(", ")}: npm run -s bench -- kernel [--json]\n`);
  process.exitCode = 2;
} else if (at >= 0 && (!TIMED.includes(name) || !(Number(seconds) > 0))) {
  process.stderr.write(`--seconds takes a number above 0, and only ${TIMED.join(", ")} has it.\n`);
  process.exitCode = 2;
} else {
  try {
    const bench: Bench = await import(`./${name}.ts`);
    const figures = await bench.run(seconds === undefined ? { json } : { json, seconds });
    process.stdout.write(`${json ? JSON.stringify(figures) : JSON.stringify(figures, null, 2)}\n`);
  } catch (error) {
    process.stderr.write(`The benchmark failed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
