// Draws one clip with three.js. Cheap on purpose: training keeps all cores busy while people watch.
import {
  AmbientLight,
  CircleGeometry,
  Color,
  DirectionalLight,
  Group,
  Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
  Scene as ThreeScene,
  Vector3,
  WebGLRenderer,
} from "three";
import { POSE_NUMBERS_PER_BODY, type Scene } from "../../src/environment/scene.ts";
import { bodyGroup } from "./bodies.ts";
import type { PlayableClip } from "./clip.ts";
import { Ground } from "./ground.ts";
import { drawnInSoftware } from "./software.ts";

/** Colours of what surrounds the bodies, as CSS writes them. */
export interface StageColours {
  readonly sky: string;
  readonly ground: string;
  readonly groundAlternate: string;
}

const FIELD_OF_VIEW = 42;
/** Where the ground fades into the sky, in camera distances. */
const FOG_BEGINS = 1.2;
const FOG_ENDS = 4;

export class Stage {
  readonly #renderer: WebGLRenderer;
  readonly #scene = new ThreeScene();
  readonly #camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.1, 100);
  readonly #towardsCamera = new Vector3();
  readonly #bodies: Group[];
  readonly #ground: Ground;
  readonly #spot: Mesh;
  readonly #world: Scene;
  #drawing: WebGLSync | null = null;

  /** Throws where the browser gives no WebGL context. */
  constructor(canvas: HTMLCanvasElement, world: Scene, colours: StageColours) {
    this.#world = world;
    this.#renderer = new WebGLRenderer({ canvas, antialias: !drawnInSoftware(), powerPreference: "low-power" });
    const elevation = ((world.cameraElevation ?? 0) * Math.PI) / 180;
    this.#towardsCamera.set(0, -Math.cos(elevation), Math.sin(elevation)).multiplyScalar(world.cameraDistance);
    // Across the line of sight, so that a camera straight above knows which way up the picture is, too.
    this.#camera.up.set(0, Math.sin(elevation), Math.cos(elevation));
    const sun = new DirectionalLight(0xffffff, 2.2);
    sun.position.set(-2, -4, 6);
    this.#bodies = world.bodies.map(bodyGroup);
    this.#ground = new Ground(world.cameraDistance, [
      FOG_BEGINS * world.cameraDistance,
      FOG_ENDS * world.cameraDistance,
    ]);
    this.#spot = makeSpot(world.cameraDistance);
    this.#scene.add(new AmbientLight(0xffffff, 1.3), sun, ...this.#bodies);
    if (world.ground !== null) this.#scene.add(this.#ground.mesh, this.#spot);
    this.recolour(colours);
  }

  recolour(colours: StageColours): void {
    const sky = new Color(colours.sky);
    this.#scene.background = sky;
    this.#ground.recolour(colours.ground, colours.groundAlternate, sky);
  }

  /** Width and height in CSS pixels. */
  resize(width: number, height: number, pixelRatio: number): void {
    this.#renderer.setPixelRatio(pixelRatio);
    this.#renderer.setSize(width, height, false);
    this.#camera.aspect = width / height;
    // The camera's distance is meant for the shorter side.
    const half = Math.tan((FIELD_OF_VIEW / 360) * Math.PI) / Math.min(1, width / height);
    this.#camera.fov = (Math.atan(half) * 360) / Math.PI;
    this.#camera.updateProjectionMatrix();
  }

  draw(clip: PlayableClip, frame: number): void {
    const { poses, camera } = clip;
    let at = frame * this.#bodies.length * POSE_NUMBERS_PER_BODY;
    for (const body of this.#bodies) {
      body.position.set(poses[at], poses[at + 1], poses[at + 2]);
      body.quaternion.set(poses[at + 4], poses[at + 5], poses[at + 6], poses[at + 3]);
      at += POSE_NUMBERS_PER_BODY;
    }
    const [x, y, z] = camera.subarray(frame * 3, frame * 3 + 3);
    this.#camera.position.set(x, y, z).add(this.#towardsCamera);
    this.#camera.lookAt(x, y, z);
    if (this.#world.ground !== null) this.#placeGround(x, y, this.#world.ground);
    this.#renderer.render(this.#scene, this.#camera);
    const gl = this.#renderer.getContext();
    // three.js asks for WebGL 2 and nothing else; its type is older than that.
    if (gl instanceof WebGL2RenderingContext) this.#drawing = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
  }

  /** Whether what `draw` ordered last is not done yet. Where drawing is slow, orders would queue up. */
  get busy(): boolean {
    const gl = this.#renderer.getContext();
    if (this.#drawing === null || !(gl instanceof WebGL2RenderingContext) || gl.isContextLost()) return false;
    if (gl.getSyncParameter(this.#drawing, gl.SYNC_STATUS) !== gl.SIGNALED) return true;
    gl.deleteSync(this.#drawing);
    this.#drawing = null;
    return false;
  }

  dispose(): void {
    this.#renderer.dispose();
  }

  #placeGround(x: number, y: number, height: number): void {
    this.#ground.mesh.position.set(x, y, height);
    const followed = this.#bodies[this.#world.follow];
    this.#spot.position.set(followed.position.x, followed.position.y, height + 0.001 * this.#world.cameraDistance);
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
