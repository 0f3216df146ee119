// Kills a simulated run twenty times with `kill -9`, resumes it each time and counts its judgements. The last line is a
// JSON summary; the exit code is 1 where a judgement was lost or doubled or the run did not finish.
// Usage: node scripts/kill-twenty-times.ts [seed] [longest life of a process in seconds]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { killAgainAndAgain } from "../test/killing.ts";

const LABELS = 200;

const data = mkdtempSync(join(tmpdir(), "heed-kill-"));
try {
  const began = performance.now();
  const summary = await killAgainAndAgain({
    data,
    kills: 20,
    labels: LABELS,
    steps: 300_000,
    life: 1_000 * Number(process.argv[3] ?? 8),
    seed: Number(process.argv[2] ?? 1),
    onKill: (kill, judgements) => process.stderr.write(`killed ${kill} times, ${judgements} judgements on disk\n`),
  });
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(`${JSON.stringify({ event: "finished", ...summary, seconds })}\n`);
  const whole = summary.judgements === LABELS && summary.labels === LABELS;
  const sound = summary.lost === 0 && summary.doubled === 0 && summary.finished && whole;
  process.exitCode = sound ? 0 : 1;
} finally {
  rmSync(data, { recursive: true, force: true });
}
