// A world in three.js: its bodies, its ground, and the way that the followed body takes. One for all clips of a world.
import {
  AmbientLight,
  BufferAttribute,
  BufferGeometry,
  CircleGeometry,
  Color,
  DirectionalLight,
  type Group,
  Mesh,
  MeshBasicMaterial,
  Points,
  PointsMaterial,
  Scene as ThreeScene,
} from "three";
import { POSE_NUMBERS_PER_BODY, type Scene } from "../../src/environment/scene.ts";
import { bodyGroup } from "./bodies.ts";
import type { PlayableClip } from "./clip.ts";
import { Ground } from "./ground.ts";

/** Colours of what surrounds the bodies, as CSS writes them. */
export interface StageColours {
  readonly sky: string;
  readonly ground: string;
  readonly groundAlternate: string;
  readonly trail: string;
}

/** Where the ground fades into the sky, in camera distances. */
const FOG_BEGINS = 1.2;
const FOG_ENDS = 4;
/** Dots of a trail at most; of longer clips the last ones are shown. */
const MOST_DOTS = 600;
/** Side of a dot in pixels. */
const DOT = 4;

export class Theatre {
  readonly scene = new ThreeScene();
  readonly #world: Scene;
  readonly #bodies: Group[];
  readonly #ground: Ground;
  readonly #spot: Mesh;
  readonly #dots = new BufferAttribute(new Float32Array(3 * MOST_DOTS), 3);
  readonly #trail: Points<BufferGeometry, PointsMaterial>;

  constructor(world: Scene) {
    this.#world = world;
    const sun = new DirectionalLight(0xffffff, 2.2);
    sun.position.set(-2, -4, 6);
    this.#bodies = world.bodies.map(bodyGroup);
    this.#ground = new Ground(world.cameraDistance, [
      FOG_BEGINS * world.cameraDistance,
      FOG_ENDS * world.cameraDistance,
    ]);
    this.#spot = makeSpot(world.cameraDistance);
    const material = new PointsMaterial({ size: DOT, sizeAttenuation: false, depthTest: false });
    this.#trail = new Points(new BufferGeometry().setAttribute("position", this.#dots), material);
    this.#trail.frustumCulled = false;
    this.scene.background = new Color();
    this.scene.add(new AmbientLight(0xffffff, 1.3), sun, ...this.#bodies, this.#trail);
    if (world.ground !== null) this.scene.add(this.#ground.mesh, this.#spot);
  }

  recolour(colours: StageColours): void {
    const sky = new Color(colours.sky);
    this.scene.background = sky;
    this.#ground.recolour(colours.ground, colours.groundAlternate, sky);
    this.#trail.material.color.set(colours.trail);
  }

  /** Puts the bodies where they are in this frame, with the way up to there if `trail` says so. */
  pose(clip: PlayableClip, frame: number, trail: boolean): void {
    const { poses, camera } = clip;
    let at = frame * this.#bodies.length * POSE_NUMBERS_PER_BODY;
    for (const body of this.#bodies) {
      body.position.set(poses[at], poses[at + 1], poses[at + 2]);
      body.quaternion.set(poses[at + 4], poses[at + 5], poses[at + 6], poses[at + 3]);
      at += POSE_NUMBERS_PER_BODY;
    }
    this.#trail.visible = trail;
    if (trail) this.#layTrail(clip, frame);
    const { ground, cameraDistance, follow } = this.#world;
    if (ground === null) return;
    this.#ground.mesh.position.set(camera[3 * frame], camera[3 * frame + 1], ground);
    const followed = this.#bodies[follow];
    this.#spot.position.set(followed.position.x, followed.position.y, ground + 0.001 * cameraDistance);
  }

  #layTrail({ poses }: PlayableClip, frame: number): void {
    const stride = this.#bodies.length * POSE_NUMBERS_PER_BODY;
    const first = Math.max(0, frame + 1 - MOST_DOTS);
    for (let dot = 0; dot <= frame - first; dot++) {
      const at = (first + dot) * stride + this.#world.follow * POSE_NUMBERS_PER_BODY;
      this.#dots.setXYZ(dot, poses[at], poses[at + 1], poses[at + 2]);
    }
    this.#dots.needsUpdate = true;
    this.#trail.geometry.setDrawRange(0, frame - first + 1);
  }
}

/**
 * A dark spot below the followed body: what is left of a shadow, and enough to see how high it is. It is as large as
 * suits a world that is seen from `cameraDistance` metres.
 */
function makeSpot(cameraDistance: number): Mesh {
  const material = new MeshBasicMaterial({ color: 0x000000, transparent: true, opacity: 0.22, depthWrite: false });
  return new Mesh(new CircleGeometry(0.055 * cameraDistance, 24), material);
}
