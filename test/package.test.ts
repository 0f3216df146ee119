// What is published, as somebody gets it who installs it into an empty folder.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jsonLines, runCommand, startCommand } from "./command.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
let folder: string;
let main: string;

/** Runs a program with this Node first on the path, and fails where it fails. */
function run(program: string, args: readonly string[], cwd: string): string {
  const path = `${dirname(process.execPath)}${delimiter}${process.env["PATH"] ?? ""}`;
  const result = spawnSync(program, args, { cwd, encoding: "utf8", env: { ...process.env, PATH: path } });
  if (result.status !== 0) throw new Error(`${program} ${args.join(" ")} failed.\n${result.stdout}${result.stderr}`);
  return result.stdout;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "heed-package-"));
  const target = join(folder, "empty");
  mkdirSync(target);
  // The rest of what is published was built when the dependencies were installed.
  run(process.execPath, [join(root, "scripts", "build-library.ts")], root);
  run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], root);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  if (tarball === undefined) throw new Error("npm pack left no package.");
  run("npm", ["install", "--prefer-offline", join(folder, tarball)], target);
  folder = target;
  main = join(target, "node_modules", "heed", "lib", "cli", "main.js");
}, 240_000);

afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

describe("the installed package", () => {
  it("has its command, its kernels and its page, and no tests", () => {
    const installed = join(folder, "node_modules", "heed");
    for (const file of [
      "assets/kernel/simd.wasm",
      "assets/kernel/relaxed-simd.wasm",
      "assets/web/index.html",
      "LICENSE",
    ]) {
      expect(existsSync(join(installed, file)), file).toBe(true);
    }
    const files = readdirSync(join(installed, "lib"), { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => file.includes(".test."))).toEqual([]);
  });

  it("prints its version", () => {
    expect(run(join(folder, "node_modules", ".bin", "heed"), ["--version"], folder)).toBe("0.1.0\n");
  });

  it("runs 20 comparisons and serves its page meanwhile", async () => {
    const args = ["teach", "hopper-backflip", "--teacher", "simulated", "--labels", "20", "--steps", "20000"];
    const command = startCommand([...args, "--port", "0", "--json"], { cwd: folder, main });
    const { address } = await command.line(({ event }) => event === "started");
    const page = await fetch(String(address));
    expect(page.status).toBe(200);
    const html = await page.text();
    const script = /<script[^>]+src="([^"]+)"/.exec(html)?.[1];
    expect((await fetch(new URL(script ?? "", String(address)))).status).toBe(200);
    const { code, stdout, stderr } = await command.ended;
    expect(stderr).not.toContain("Warning");
    expect(code).toBe(0);
    expect(jsonLines(stdout).at(-1)).toMatchObject({ event: "finished", evaluation: { episodes: 20 } });
  });

  it("is a library in five lines", () => {
    const program = `
      import { teach } from "heed";
      const options = { task: "hopper-backflip", teacher: "simulated", labels: 2, steps: 10_000, serve: false };
      const run = await teach(options);
      console.log(JSON.stringify(run.evaluation));
    `;
    writeFileSync(join(folder, "program.mjs"), program);
    expect(JSON.parse(run(process.execPath, ["program.mjs"], folder))).toMatchObject({ episodes: 20 });
  });

  it("checks an environment that is written against it", async () => {
    const module = `
      import { Random } from "heed/environment";
      const space = (size) => ({ size, low: Array(size).fill(-1), high: Array(size).fill(1) });
      export default {
        name: "line",
        description: "A point on a line.",
        question: "Which one is better?",
        create() {
          let x = 0, steps = 0;
          return {
            observationSpace: space(1), actionSpace: space(1), horizon: 20, stepSeconds: 0.1,
            reset(seed, observation) { x = new Random(seed).float(); steps = 0; observation[0] = x; },
            step([push], observation) {
              x = Math.max(-1, Math.min(1, x + push / 10));
              observation[0] = x;
              return ++steps === 20 ? "truncated" : "running";
            },
            scene() {
              const shape = { kind: "sphere", size: [0.1], position: [0, 0, 0], rotation: [1, 0, 0, 0], colour: [1, 0, 0] };
              return { bodies: [{ name: "point", shapes: [shape] }], follow: 0, ground: null, cameraDistance: 3 };
            },
            pose(out) { out.set([x, 0, 0, 1, 0, 0, 0]); },
            close() {},
          };
        },
      };
    `;
    writeFileSync(join(folder, "line.mjs"), module);
    const { code, stdout, stderr } = await runCommand(["check-environment", "./line.mjs", "--json"], {
      cwd: folder,
      main,
    });
    expect(stderr).toBe("");
    expect(jsonLines(stdout).at(-1)).toMatchObject({ event: "checked", task: "line", errors: 0 });
    expect(code).toBe(0);
  });
});
