// What an environment says of itself before anything moves: its spaces, its times and its scene.
import type { Finding } from "./check.ts";
import type { BoxSpace, Environment } from "./environment.ts";
import type { Scene, Shape } from "./scene.ts";

/** Numbers in `size` per kind of shape. */
const SIZES: Readonly<Record<Shape["kind"], number>> = { capsule: 2, sphere: 1, box: 3, cylinder: 2, ellipsoid: 3 };

/** Further out than this a new policy's actions do not get. */
const WIDEST_ACTION = 3;

/** Checks the spaces, the horizon and the time that a step takes. */
export function checkDeclaration(environment: Environment): Finding[] {
  const findings: Finding[] = [];
  findings.push(...checkSpace("observationSpace", environment.observationSpace));
  findings.push(...checkSpace("actionSpace", environment.actionSpace));
  const { horizon, stepSeconds } = environment;
  if (!Number.isInteger(horizon) || horizon < 1) {
    findings.push({
      severity: "error",
      wrong: `horizon is ${horizon}.`,
      expected: "The number of steps in the longest episode, an integer of at least 1.",
      advice: "Give every episode a time limit, such as 1,000 steps.",
    });
  }
  if (!(stepSeconds > 0 && stepSeconds < Infinity)) {
    findings.push({
      severity: "error",
      wrong: `stepSeconds is ${stepSeconds}.`,
      expected: "The simulated time that one step takes, in seconds, above 0.",
      advice: "Clips are played at this speed; 0.02 to 0.1 suits most worlds.",
    });
  }
  if (findings.length === 0) findings.push(...adviseOnActions(environment.actionSpace));
  return findings;
}

function checkSpace(name: string, space: BoxSpace | undefined): Finding[] {
  const expected = "{ size, low, high }: a whole number of at least 1, and as many bounds in `low` and in `high`.";
  const error = (wrong: string, advice: string): Finding[] => [{ severity: "error", wrong, expected, advice }];
  if (typeof space !== "object" || space === null) return error(`${name} is missing.`, `Add ${name}.`);
  const { size, low, high } = space;
  if (!Number.isInteger(size) || size < 1) return error(`${name}.size is ${size}.`, "Count the numbers in it.");
  for (const [key, bounds] of Object.entries({ low, high })) {
    if (!Array.isArray(bounds) || bounds.length !== size) {
      const found = Array.isArray(bounds) ? `has ${bounds.length} entries` : "is no array";
      return error(`${name}.${key} ${found}, size is ${size}.`, "Give a bound per number; -Infinity and Infinity do.");
    }
  }
  const crossed = low.findIndex((bound, i) => !(bound < high[i]));
  if (crossed >= 0) {
    return error(
      `${name} goes from ${low[crossed]} to ${high[crossed]} in entry ${crossed}.`,
      "Give a lower bound that is below the upper one.",
    );
  }
  return [];
}

function adviseOnActions({ low, high }: BoxSpace): Finding[] {
  const entry = low.findIndex((bound, i) => bound !== -high[i] || high[i] < 1 || high[i] > WIDEST_ACTION);
  if (entry < 0) return [];
  return [
    {
      severity: "warning",
      wrong: `actionSpace goes from ${low[entry]} to ${high[entry]} in entry ${entry}.`,
      expected:
        `-1 to 1 in every entry, or a little wider, up to ${WIDEST_ACTION} either way: ` +
        "a new policy's actions are spread around 0 with a standard deviation near 1.",
      advice: "Scale inside the environment.",
    },
  ];
}

/** Checks what is to be drawn. */
export function checkScene(scene: Scene): Finding[] {
  const findings: Finding[] = [];
  const error = (wrong: string, expected: string, advice: string) =>
    void findings.push({ severity: "error", wrong, expected, advice });
  if (!Array.isArray(scene?.bodies) || scene.bodies.length === 0) {
    error("The scene has no bodies.", "At least one body with a shape.", "Draw at least what people are to judge.");
    return findings;
  }
  const { bodies, follow, ground, cameraDistance, cameraElevation = 0 } = scene;
  if (!Number.isInteger(follow) || follow < 0 || follow >= bodies.length) {
    error(`scene.follow is ${follow}.`, `An index into bodies, 0 to ${bodies.length - 1}.`, "Follow what moves.");
  }
  if (ground !== null && !Number.isFinite(ground)) {
    error(`scene.ground is ${ground}.`, "A height in metres, or null.", "Say null where there is no ground.");
  }
  if (!(cameraDistance > 0 && cameraDistance < Infinity)) {
    error(
      `scene.cameraDistance is ${cameraDistance}.`,
      "Metres, above 0.",
      "Three times the world's size shows it all.",
    );
  }
  if (!(cameraElevation >= 0 && cameraElevation <= 90)) {
    error(
      `scene.cameraElevation is ${cameraElevation}.`,
      "Degrees above the horizon, 0 to 90, or nothing for 0.",
      "Look from the side at what moves upright, and from above at what moves on a table.",
    );
  }
  const names = bodies.map((body) => body.name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) error(`Two bodies are called "${twice}".`, "A name per body.", "Rename one.");
  for (const body of bodies) {
    for (const [index, shape] of (body.shapes ?? []).entries()) {
      const fault = shapeFault(shape);
      if (fault !== undefined) error(`Shape ${index} of body "${body.name}" has ${fault[0]}.`, fault[1], fault[2]);
    }
  }
  if (bodies.every((body) => (body.shapes ?? []).length === 0)) {
    error("No body has a shape.", "Something to see.", "Add a sphere to the body that moves.");
  }
  return findings;
}

/** What is wrong with a shape, what was expected and what to do, or undefined. */
function shapeFault(shape: Shape): [wrong: string, expected: string, advice: string] | undefined {
  const kinds = Object.keys(SIZES).join(", ");
  const sizes = Object.hasOwn(SIZES, shape.kind) ? SIZES[shape.kind] : undefined;
  if (sizes === undefined) return [`the kind "${shape.kind}"`, `One of ${kinds}.`, "Build it from these."];
  if (shape.size?.length !== sizes || !shape.size.every((size) => size > 0 && size < Infinity)) {
    return [`the size [${shape.size}]`, `A ${shape.kind} takes ${sizes}, above 0, in metres.`, "See `Shape`."];
  }
  if (shape.position?.length !== 3 || !shape.position.every(Number.isFinite)) {
    return [`the position [${shape.position}]`, "x, y, z relative to the body, in metres.", "Use [0, 0, 0]."];
  }
  if (shape.rotation?.length !== 4 || !(Math.abs(Math.hypot(...shape.rotation) - 1) < 1e-3)) {
    return [`the rotation [${shape.rotation}]`, "A unit quaternion w, x, y, z.", "Unrotated is [1, 0, 0, 0]."];
  }
  if (shape.colour?.length !== 3 || !shape.colour.every((part) => part >= 0 && part <= 1)) {
    return [`the colour [${shape.colour}]`, "Red, green and blue, each 0 to 1.", "Divide by 255."];
  }
  return undefined;
}
