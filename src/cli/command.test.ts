// The command as a whole: what it prints, where, and what it exits with.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jsonLines, runCommand, startCommand } from "../../test/command.ts";

const TEACH = ["teach", "hopper-backflip", "--teacher", "simulated", "--port", "0"];

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "heed-command-"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const heed = (...args: string[]) => runCommand(args, { cwd: folder });

describe("a run", () => {
  let stdout: string;

  beforeAll(async () => {
    const run = await heed(...TEACH, "--labels", "4", "--steps", "20000", "--name", "first try", "--json");
    expect(run).toMatchObject({ code: 0 });
    ({ stdout } = run);
  });

  it("prints one JSON object a line, from the start to the finish", () => {
    const lines = jsonLines(stdout);
    expect(lines[0]).toMatchObject({ event: "started", run: "hopper-backflip-1" });
    expect(lines[0]?.["address"]).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(lines.some(({ event }) => event === "progress")).toBe(true);
    expect(lines.at(-1)).toEqual({
      event: "finished",
      run: "hopper-backflip-1",
      labels: expect.any(Number),
      steps: expect.any(Number),
      seconds: expect.any(Number),
      evaluation: { episodes: 20, trueReturn: expect.any(Number), backflips: expect.any(Number) },
    });
  });

  it("is listed and shown", async () => {
    const runs = await heed("runs");
    expect(runs.stdout).toMatch(/RUN .*NAME .*PHASE.*\nhopper-backflip-1 +first try +simulated +finished +\d+\/4/);
    const [line] = jsonLines((await heed("show", "first try", "--json")).stdout);
    expect(line).toMatchObject({ event: "run", run: "hopper-backflip-1", phase: "finished", options: { labels: 4 } });
  });

  it("is evaluated again with the same result", async () => {
    const { code, stdout: evaluated } = await heed("evaluate", "hopper-backflip-1", "--json");
    expect(code).toBe(0);
    expect(jsonLines(evaluated).at(-1)?.["evaluation"]).toEqual(jsonLines(stdout).at(-1)?.["evaluation"]);
  });

  it("is exported, but never over a file", async () => {
    const file = join(folder, "judgements.jsonl");
    const { code, stdout: exported } = await heed("export", "hopper-backflip-1", file, "--json");
    expect(code).toBe(0);
    const lines = jsonLines(readFileSync(file, "utf8"));
    expect(jsonLines(exported)).toEqual([
      { event: "exported", run: "hopper-backflip-1", file, judgements: lines.length },
    ]);
    expect(lines.length).toBeGreaterThan(0);
    const again = await heed("export", "hopper-backflip-1", file);
    expect(again).toMatchObject({ code: 2, stdout: "" });
    expect(again.stderr).toContain("is there already");
  });

  it("is served to watch until it is interrupted", async () => {
    const command = startCommand(["watch", "hopper-backflip-1", "--port", "0", "--json"], { cwd: folder });
    const { address } = await command.line(({ event }) => event === "watching");
    const view: unknown = await (await fetch(`${String(address)}/api/runs/hopper-backflip-1`)).json();
    expect(view).toMatchObject({ id: "hopper-backflip-1", live: false });
    command.process.kill("SIGINT");
    expect((await command.ended).code).toBe(0);
  });
});

describe("a data directory", () => {
  it("is served with the runs that are started there, until it is interrupted", async () => {
    const command = startCommand(["serve", "--port", "0", "--json", "--data", "served"], { cwd: folder });
    const { address } = await command.line(({ event }) => event === "serving");
    const post = async (path: string, body?: object): Promise<[number, unknown]> => {
      const response = await fetch(`${String(address)}/api/runs${path}`, {
        method: "POST",
        ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      });
      return [response.status, await response.json()];
    };
    const wrong = await post("", { task: "hopper-backflip", labels: -1 });
    expect(wrong).toEqual([400, { error: { field: "labels", message: expect.stringContaining("from 0 to 100000") } }]);
    const [status, run] = await post("", { task: "hopper-backflip", workers: 1 });
    expect([status, run]).toEqual([201, expect.objectContaining({ id: "hopper-backflip-1", live: true })]);
    await command.line((line) => line.event === "status" && line["run"] === "hopper-backflip-1");
    command.process.kill("SIGINT");
    expect((await command.ended).code).toBe(0);
    const [line] = jsonLines((await heed("runs", "--json", "--data", "served")).stdout);
    expect(line).toMatchObject({ run: "hopper-backflip-1", phase: "stopped", processId: null });
    expect((await heed("runs", "--purge", "--data", "served")).stdout).toBe("No runs were deleted.\n");
  });
});

describe("an interrupted run", () => {
  it("stops cleanly, goes on and finishes", async () => {
    const command = startCommand([...TEACH, "--labels", "20", "--steps", "60000", "--json", "--data", "stopped"], {
      cwd: folder,
    });
    await command.line(({ event, labels }) => event === "status" && Number(labels) > 0);
    command.process.kill("SIGINT");
    const stopped = await command.ended;
    expect(stopped.code).toBe(0);
    expect(jsonLines(stopped.stdout).at(-1)).toMatchObject({
      event: "stopped",
      run: "hopper-backflip-1",
      evaluation: null,
    });
    expect(stopped.stderr).toContain("everything is kept");

    const resumed = await heed("resume", "hopper-backflip-1", "--json", "--data", "stopped", "--port", "0");
    expect(resumed.code).toBe(0);
    const finished = jsonLines(resumed.stdout).at(-1);
    expect(finished).toMatchObject({ event: "finished", evaluation: { episodes: 20 } });
    expect(finished?.["steps"]).toBeGreaterThanOrEqual(60_000);
  });
});

describe("a run that waits for a person", () => {
  it("is watched where it is, held by one process, and stopped", async () => {
    const data = ["--data", "person", "--json"];
    const command = startCommand(["teach", "hopper-backflip", "--port", "0", "--no-open", ...data], { cwd: folder });
    const { address } = await command.line(({ event }) => event === "started");
    const watched = await heed("watch", "hopper-backflip-1", "--no-open", ...data);
    expect(watched.code).toBe(0);
    expect(jsonLines(watched.stdout)).toEqual([{ event: "watching", run: "hopper-backflip-1", address, live: true }]);

    const again = await heed("resume", "hopper-backflip-1", ...data);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain(String(command.process.pid));

    command.process.kill("SIGINT");
    const { code, stdout } = await command.ended;
    expect(code).toBe(0);
    expect(jsonLines(stdout).at(-1)).toMatchObject({ event: "stopped", labels: 0, evaluation: null });
  });
});

describe("a world of one's own", () => {
  const example = fileURLToPath(new URL("../../examples/point-mass.ts", import.meta.url));

  it("is checked", async () => {
    const { code, stdout } = await heed("check-environment", example);
    expect(code).toBe(0);
    expect(stdout).toContain(`0 errors, 0 warnings. It can be taught: heed teach ${example}`);
  });

  it("is taught by its path, and found again from another directory", async () => {
    const data = join(folder, "own");
    const args = [
      "--teacher",
      "simulated",
      "--labels",
      "3",
      "--steps",
      "20000",
      "--port",
      "0",
      "--json",
      "--data",
      data,
    ];
    const taught = await runCommand(["teach", "./point-mass.ts", ...args], { cwd: dirname(example) });
    expect(taught.stderr).not.toContain("Warning");
    expect(jsonLines(taught.stdout).at(-1)).toMatchObject({ event: "finished", run: "point-mass-1" });
    const { stdout } = await heed("evaluate", "point-mass-1", "--episodes", "2", "--data", data, "--json");
    expect(jsonLines(stdout)).toMatchObject([{ evaluation: { episodes: 2 } }]);
  });

  it("is refused with what is wrong with it", async () => {
    const broken = `export default { name: "broken", description: "d.", question: "q?", create: () => ({}) };`;
    writeFileSync(join(folder, "broken.mjs"), broken);
    const { code, stdout } = await heed("check-environment", "broken.mjs", "--json");
    expect(code).toBe(1);
    const lines = jsonLines(stdout);
    expect(lines[0]).toMatchObject({ event: "finding", severity: "error" });
    expect(lines.at(-1)).toMatchObject({ event: "checked", task: "broken" });
  });
});

describe("used wrongly", () => {
  it.each([
    [["teach", "hoper"], /no task "hoper".*hopper-backflip/],
    [["teach", "./missing.ts"], /no file .*missing\.ts/],
    [["teach", "hopper-backflip", "--labels", "0"], /labels: expected at least 1, but got 0/],
    [["teach", "hopper-backflip", "--steps-per-label", "ten"], /--steps-per-label: expected an integer .*"ten"/],
    [["teach", "hopper-backflip", "--teacher", "nobody"], /--teacher: expected person or simulated/],
    [["teach", "hopper-backflip", "--colour"], /unknown option '--colour'/],
    [["teach"], /missing required argument 'task'/],
    [["runs", "--data", "nowhere"], /no runs in .*nowhere.*--data/],
    [["evaluate", "hopper-backflip-1", "--episodes", "0"], /--episodes: expected an integer from 1 to 10000/],
    [["show", "no-such-run"], /no run "no-such-run".*Known runs: hopper-backflip-1/],
    [["learn"], /unknown command 'learn'/],
  ])("%j exits with 2 and says what was expected", async (args, message) => {
    const { code, stdout, stderr } = await heed(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n {4}at /);
  });

  it("tells programs too", async () => {
    const { code, stdout } = await heed("teach", "hoper", "--json");
    expect(code).toBe(2);
    expect(jsonLines(stdout)).toEqual([{ event: "failed", message: expect.stringContaining('no task "hoper"') }]);
  });
});

it("exits with 1 where the data directory cannot be made", async () => {
  writeFileSync(join(folder, "file"), "");
  const { code, stderr } = await heed(...TEACH, "--data", "file/data");
  expect(code).toBe(1);
  expect(stderr).toMatch(/data directory .*file\/data cannot be made.*--data/);
});

it("prints its version and its help", async () => {
  expect(await heed("--version")).toMatchObject({ code: 0, stdout: "0.1.0\n" });
  const help = await heed("--help");
  expect(help.code).toBe(0);
  for (const command of ["teach", "resume", "runs", "show", "evaluate", "export", "watch", "check-environment"]) {
    expect(help.stdout).toContain(`  ${command} `);
  }
  expect((await heed()).code).toBe(2);
});
