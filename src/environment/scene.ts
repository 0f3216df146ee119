// What a world looks like, as data that a browser can draw.

/** A shape fixed to a body. Lengths in metres; `position` and `rotation` (w, x, y, z) are relative to the body. */
export interface Shape {
  readonly kind: "capsule" | "sphere" | "box" | "cylinder" | "ellipsoid";
  /** Capsule and cylinder: radius, half length along local z. Sphere: radius. Box and ellipsoid: three half sizes. */
  readonly size: readonly number[];
  readonly position: readonly [number, number, number];
  readonly rotation: readonly [number, number, number, number];
  /** Red, green, blue in 0..1. */
  readonly colour: readonly [number, number, number];
}

export interface Body {
  readonly name: string;
  readonly shapes: readonly Shape[];
}

export interface Scene {
  /** In the order in which `pose` writes them. */
  readonly bodies: readonly Body[];
  /** The body that a camera follows, an index into `bodies`. */
  readonly follow: number;
  /** Height of the ground plane in metres, or null where there is none. */
  readonly ground: number | null;
  /** Distance from camera to the followed body that shows all of it, in metres. The camera looks along +y; z is up. */
  readonly cameraDistance: number;
  /**
   * How far above the horizon the camera stands, in degrees: 0, which is also what it is without, looks from the side,
   * 90 from straight above, with +x to the right and +y up.
   */
  readonly cameraElevation?: number;
}

/** Numbers that one body takes in a pose: x, y, z and a quaternion w, x, y, z. */
export const POSE_NUMBERS_PER_BODY = 7;
