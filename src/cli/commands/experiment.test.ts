// Experiments as a user runs them: what is printed, where, and what the command exits with.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { jsonLines, runCommand, startCommand } from "../../../test/command.ts";
import { linesOf } from "../../../test/experiment-fixture.ts";

const TASK = fileURLToPath(new URL("../../../examples/point-mass.ts", import.meta.url));
const BROKEN = fileURLToPath(new URL("../../../test/broken-world.ts", import.meta.url));
const TINY = ["paper-table", "--tasks", TASK, "--labels", "8", "--seeds", "1", "--steps", "5000"];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "heed-experiment-command-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const experiment = (...args: string[]) => runCommand(["experiment", ...args], { cwd: folder });

it("runs trials, says so line by line, and ends with the table", async () => {
  const { code, stdout, stderr } = await experiment(...TINY, "--json");
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining("3 of 3 trials finished, 0 failed."),
  });
  const lines = jsonLines(stdout);
  expect(lines).toHaveLength(4);
  for (const line of lines.slice(0, 3)) {
    expect(line).toEqual({
      event: "trial",
      key: expect.stringMatching(/^point-mass, (untrained|true reward|8 labels), seed 1 #/),
      evaluation: { episodes: 20, trueReturn: expect.any(Number), laps: expect.any(Number) },
      seconds: expect.any(Number),
    });
  }
  expect(lines[3]).toMatchObject({
    event: "finished",
    experiment: "paper-table",
    out: join("heed-experiments", "paper-table"),
    trials: 3,
    finished: 3,
    failed: 0,
    table: { tasks: [{ task: "point-mass" }] },
  });

  // Everything is there already: the table again, and nothing else.
  const again = await experiment(...TINY);
  expect(again.code).toBe(0);
  expect(again.stdout).toMatch(
    /^True return of the final agent, 5,000 steps[^]*\| point-mass \|[^]*\| lowest score \|/,
  );
  expect(again.stderr).not.toContain("point-mass");
});

it("stops cleanly with what is finished", async () => {
  const out = join(folder, "stopped");
  const args = [
    "--tasks",
    TASK,
    "--labels",
    "8",
    "--seeds",
    "1",
    "--steps",
    "100000000",
    "--parallel",
    "1",
    "--out",
    out,
  ];
  const command = startCommand(["experiment", "paper-table", ...args, "--json"], { cwd: folder });
  await command.line(({ event }) => event === "trial");
  command.process.kill("SIGINT");
  const { code, stdout, stderr } = await command.ended;
  expect(code).toBe(0);
  expect(jsonLines(stdout).at(-1)).toMatchObject({ event: "stopped", trials: 3, finished: 1 });
  expect(stderr).toContain("finished trials are kept");
  expect(linesOf(join(out, "trials.jsonl"))).toHaveLength(1);
});

it("tells of a trial that fails, and exits with 1", async () => {
  const { code, stdout, stderr } = await experiment(...TINY, "--tasks", BROKEN, "--out", "broken", "--json");
  expect(code).toBe(1);
  const lines = jsonLines(stdout);
  expect(lines.filter(({ event }) => event === "trial-failed").length).toBeGreaterThan(0);
  expect(lines.at(-1)).toMatchObject({ event: "finished", finished: expect.any(Number), failed: expect.any(Number) });
  expect(stderr).toContain("Failed: ");
});

it.each([
  [["nothing"], /no experiment "nothing"\. Known experiments: paper-table, label-efficiency/],
  [[], /Which experiment\? Known experiments: paper-table/],
  [["paper-table", "--tasks", "hoper"], /no task "hoper"/],
  [["paper-table", "--labels", "many"], /--labels: expected an integer .*"many"/],
  [["paper-table", "--ablation", "brain"], /--ablation: there is no "brain"\. Known: random-queries/],
  [["paper-table", "--parallel", "0"], /--parallel: expected an integer from 1/],
  [["paper-table", "--methods", "default"], /unknown option '--methods'/],
  [["label-efficiency", "--methods", "best"], /--methods: there is no "best"\. Known: default/],
  [["label-efficiency", "--teachers", "strict"], /--teachers: there is no "strict"\. Known: oracle/],
  [["paper-table", "--tasks", TASK, "--out", "taken"], /Trials cannot be kept in .*taken.*--out/],
  [["paper-table", "--tasks", TASK, "--out", "taken/below"], /Trials cannot be kept in .*taken.below.*--out/],
  [["label-efficiency", "--out", "heed-experiments/paper-table"], /holds trials of the experiment "paper-table"/],
])("%j exits with 2 and says what was expected", async (args, message) => {
  writeFileSync(join(folder, "taken"), "");
  const { code, stdout, stderr } = await experiment(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/\n {4}at /);
});
