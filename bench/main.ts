// npm run -s bench -- NAME [--json]
const BENCHES = ["kernel", "physics", "loop", "backflips", "latency", "memory", "repeat"];

interface Bench {
  /** Measures, tells people what it does on standard error, and returns the figures. */
  run(options: { json: boolean }): Promise<object>;
}

const words = process.argv.slice(2);
const json = words.includes("--json");
const names = words.filter((word) => word !== "--json");
const [name] = names;

if (names.length !== 1 || !BENCHES.includes(name)) {
  const given = names.length === 0 ? "No benchmark was named" : `There is no benchmark "${names.join(" ")}"`;
  process.stderr.write(`${given}. The known ones are ${BENCHES.join(", ")}: npm run -s bench -- kernel [--json]\n`);
  process.exitCode = 2;
} else {
  try {
    const bench: Bench = await import(`./${name}.ts`);
    const figures = await bench.run({ json });
    process.stdout.write(`${json ? JSON.stringify(figures) : JSON.stringify(figures, null, 2)}\n`);
  } catch (error) {
    process.stderr.write(`The benchmark failed: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
