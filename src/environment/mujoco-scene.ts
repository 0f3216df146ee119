// What a MuJoCo model looks like, read from the compiled model so that any MJCF document can be drawn.
import type { Model } from "./mujoco.ts";
import type { Body, Scene, Shape } from "./scene.ts";

/** The scene of a model, and MuJoCo's id for each of its bodies, in order: what `Simulation.pose` takes. */
export interface ModelScene {
  readonly scene: Scene;
  readonly bodyIds: readonly number[];
}

/** How a world is looked at. */
export interface View {
  /** Name of the body that the camera follows. */
  readonly follow: string;
  /** As `cameraDistance` of a `Scene`, in metres. */
  readonly distance: number;
  /** As `cameraElevation` of a `Scene`, in degrees. */
  readonly elevation: number;
}

/** MuJoCo's numbers for kinds of geom (mjtGeom), and how many sizes each has. */
const KINDS: ReadonlyMap<number, { readonly kind: Shape["kind"]; readonly sizes: number }> = new Map([
  [2, { kind: "sphere", sizes: 1 }],
  [3, { kind: "capsule", sizes: 2 }],
  [4, { kind: "ellipsoid", sizes: 3 }],
  [5, { kind: "cylinder", sizes: 2 }],
  [6, { kind: "box", sizes: 3 }],
]);
const PLANE = 0;
/** MuJoCo's number for bodies among kinds of object (mjtObj). */
const BODY = 1;

/**
 * Reads bodies and shapes from a compiled model. Planes become the ground, at the height of the highest of them. An Error lists
 * the known bodies where that to follow is not among them.
 */
export function modelScene(model: Model, { follow, distance, elevation }: View): ModelScene {
  const { handle, mujoco } = model;
  // The binding's declarations say `any` for every array; these are the types that it returns.
  const bodyOf = handle.geom_bodyid as Int32Array;
  const kinds = handle.geom_type as Int32Array;
  const sizes = handle.geom_size as Float64Array;
  const positions = handle.geom_pos as Float64Array;
  const rotations = handle.geom_quat as Float64Array;
  const colours = handle.geom_rgba as Float32Array;

  let ground: number | null = null;
  const shapes = new Map<number, Shape[]>();
  for (let geom = 0; geom < kinds.length; geom++) {
    const [x, y, z] = positions.subarray(geom * 3, geom * 3 + 3);
    if (kinds[geom] === PLANE) {
      ground = Math.max(ground ?? z, z);
      continue;
    }
    const known = KINDS.get(kinds[geom]);
    if (known === undefined) {
      const drawable = [...KINDS.values()].map(({ kind }) => kind).join(", ");
      throw new Error(`Geom ${geom} of the model is a mesh or height field, which cannot be drawn; use ${drawable}.`);
    }
    const [w, i, j, k] = rotations.subarray(geom * 4, geom * 4 + 4);
    const [red, green, blue] = colours.subarray(geom * 4, geom * 4 + 3);
    const list = shapes.get(bodyOf[geom]) ?? [];
    shapes.set(bodyOf[geom], list);
    list.push({
      kind: known.kind,
      size: [...sizes.subarray(geom * 3, geom * 3 + known.sizes)],
      position: [x, y, z],
      rotation: [w, i, j, k],
      colour: [red, green, blue],
    });
  }

  const bodyIds = [...shapes.keys()].sort((a, b) => a - b);
  const bodies = bodyIds.map((id): Body => ({
    name: mujoco.mj_id2name(handle, BODY, id),
    shapes: shapes.get(id) ?? [],
  }));
  const followed = bodies.findIndex((body) => body.name === follow);
  if (followed < 0) {
    throw new Error(
      `No body of the model is called "${follow}"; there are ${bodies.map(({ name }) => name).join(", ")}.`,
    );
  }
  const scene = { bodies, follow: followed, ground, cameraDistance: distance, cameraElevation: elevation };
  return { scene, bodyIds };
}
