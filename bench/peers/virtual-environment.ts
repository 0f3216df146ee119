// The Python that the peers run in: a virtual environment beside this file, made once per set of requirements.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const ENVIRONMENT = join(FOLDER, ".venv");
const PYTHON = join(ENVIRONMENT, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
/** Says which requirements the environment was made from; written last, so that half an environment is made again. */
const STAMP = join(ENVIRONMENT, "heed-requirements.sha256");
const REQUIREMENTS = "requirements.txt";
/** What is installed without its dependencies. */
const LONE_REQUIREMENTS = "requirements-imitation.txt";
const OLDEST_PYTHON = [3, 11];

/**
 * The Python interpreter of an environment with all the peers in it, which is made first where it is missing or its
 * requirements have changed. That takes a few minutes and 6 GB.
 * @param tell hears what is being done
 * @throws Error where there is no suitable python3 or an installation fails
 */
export function preparePython(tell: (line: string) => void): string {
  const version = systemPython();
  const contents = [REQUIREMENTS, LONE_REQUIREMENTS].map((name) => readFileSync(join(FOLDER, name), "utf8"));
  const stamp = createHash("sha256")
    .update([version, ...contents].join("\0"))
    .digest("hex");
  if (existsSync(PYTHON) && existsSync(STAMP) && readFileSync(STAMP, "utf8") === stamp) return PYTHON;
  tell(`Making bench/peers/.venv from ${REQUIREMENTS}: this takes a few minutes and 6 GB, once.`);
  rmSync(ENVIRONMENT, { recursive: true, force: true });
  execute("python3", ["-m", "venv", ENVIRONMENT], "python3 could not make a virtual environment");
  const install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"];
  const failed = "The peers could not be installed; is there a network, and room on the disk?";
  execute(PYTHON, [...install, join(FOLDER, REQUIREMENTS)], failed);
  execute(PYTHON, [...install, join(FOLDER, LONE_REQUIREMENTS), "--no-deps"], failed);
  writeFileSync(STAMP, stamp);
  return PYTHON;
}

/** The version of python3, such as "3.11". */
function systemPython(): string {
  const wanted = `The peers are Python libraries: install Python ${OLDEST_PYTHON.join(".")} or newer as python3.`;
  const { status, stdout } = spawnSync("python3", ["-c", "import sys; print(*sys.version_info[:2])"], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`There is no python3 that runs. ${wanted}`);
  const [major, minor] = stdout.trim().split(" ").map(Number);
  const fits = major === OLDEST_PYTHON[0] && minor >= OLDEST_PYTHON[1];
  if (!fits) throw new Error(`python3 is Python ${major}.${minor}. ${wanted}`);
  return `${major}.${minor}`;
}

function execute(command: string, words: readonly string[], failed: string): void {
  const { status, stderr, error } = spawnSync(command, words, {
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
  });
  if (status === 0) return;
  const why = error?.message ?? stderr.trim().split("\n").slice(-5).join("\n");
  throw new Error(`${failed} It said:\n${why}`);
}
