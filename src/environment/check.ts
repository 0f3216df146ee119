// Finds out what is wrong with somebody's environment before training does, as Stable-Baselines3's env_checker does.
import { checkDeclaration, checkScene } from "./check-declaration.ts";
import { checkEpisodes } from "./check-episodes.ts";
import type { Environment, Task } from "./environment.ts";

/** One thing that is wrong. Errors keep training from working; warnings make it worse. Each part is a sentence. */
export interface Finding {
  readonly severity: "error" | "warning";
  readonly wrong: string;
  readonly expected: string;
  readonly advice: string;
}

const METHODS = ["reset", "step", "scene", "pose", "close"] as const;

/**
 * Makes environments of the task, plays episodes in them and reports what is wrong with them; an empty list where
 * nothing is. It never throws because of what an environment does. A check runs at most some 10,000 steps per episode.
 */
export async function checkEnvironment(task: Task): Promise<Finding[]> {
  const findings: Finding[] = [];
  const created: Environment[] = [];
  const create = async () => {
    const environment = await task.create();
    created.push(environment);
    return environment;
  };
  try {
    const environment = await create();
    findings.push(...checkShape(environment));
    if (findings.length > 0) return findings;
    findings.push(...checkDeclaration(environment));
    // Without sane sizes there is nothing to call it with.
    if (findings.some(({ severity }) => severity === "error")) return findings;
    findings.push(...checkScene(environment.scene()));
    const second = await create();
    if (second === environment) {
      findings.push({
        severity: "error",
        wrong: "`create` returned the same environment twice.",
        expected: "Every call makes a new one: training acts in many at once.",
        advice: "Build the environment inside `create`.",
      });
      return findings;
    }
    findings.push(...checkEpisodes(environment, second));
    for (const each of created.splice(0)) each.close();
  } catch (error) {
    findings.push({
      severity: "error",
      wrong: `It threw: ${error instanceof Error ? error.message : String(error)}`,
      expected: "No call throws as long as actions are within their bounds.",
      advice: place(error),
    });
  } finally {
    for (const environment of created) closeQuietly(environment);
  }
  return findings;
}

function checkShape(environment: Environment): Finding[] {
  // A module without types may return anything.
  const candidate = environment as Partial<Record<keyof Environment, unknown>> | null | undefined;
  const missing =
    typeof candidate === "object" && candidate !== null
      ? METHODS.filter((method) => typeof candidate[method] !== "function")
      : METHODS;
  if (missing.length === 0) return [];
  return [
    {
      severity: "error",
      wrong: `What \`create\` returned has no ${missing.join(", ")}.`,
      expected: `An environment with the methods ${METHODS.join(", ")}.`,
      advice: 'Write it as `class MyEnvironment implements Environment`, with the type from "heed/environment".',
    },
  ];
}

/** Where an error came from: the first line of its stack that is a place. */
function place(error: unknown): string {
  const line = error instanceof Error ? error.stack?.split("\n").find((text) => /^\s+at /.test(text)) : undefined;
  return line === undefined ? "Find the call that throws." : `Look ${line.trim()}.`;
}

function closeQuietly(environment: Environment): void {
  try {
    environment.close();
  } catch {
    // What went wrong first has been reported.
  }
}
