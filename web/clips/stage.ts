// Draws one clip with three.js. Cheap on purpose: training keeps all cores busy while people watch.
import {
  AmbientLight,
  CircleGeometry,
  Color,
  DataTexture,
  DirectionalLight,
  Fog,
  Group,
  LinearFilter,
  LinearMipmapLinearFilter,
  Mesh,
  MeshBasicMaterial,
  PerspectiveCamera,
  PlaneGeometry,
  RepeatWrapping,
  Scene as ThreeScene,
  SRGBColorSpace,
  WebGLRenderer,
} from "three";
import { POSE_NUMBERS_PER_BODY, type Scene } from "../../src/environment/scene.ts";
import { bodyGroup } from "./bodies.ts";
import type { PlayableClip } from "./clip.ts";

/** Colours of what surrounds the bodies, as CSS writes them. */
export interface StageColours {
  readonly sky: string;
  readonly ground: string;
  readonly groundAlternate: string;
}

const FIELD_OF_VIEW = 42;
/** Side of one square of the ground, in metres. */
const TILE = 0.5;
const GROUND_SIZE = 60;

export class Stage {
  readonly #renderer: WebGLRenderer;
  readonly #scene = new ThreeScene();
  readonly #camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.1, 100);
  readonly #bodies: Group[];
  readonly #ground: Mesh<PlaneGeometry, MeshBasicMaterial>;
  readonly #spot: Mesh;
  readonly #world: Scene;

  /** Throws where the browser gives no WebGL context. */
  constructor(canvas: HTMLCanvasElement, world: Scene, colours: StageColours) {
    this.#world = world;
    this.#renderer = new WebGLRenderer({ canvas, antialias: true, powerPreference: "low-power" });
    this.#camera.up.set(0, 0, 1);
    const sun = new DirectionalLight(0xffffff, 2.2);
    sun.position.set(-2, -4, 6);
    this.#bodies = world.bodies.map(bodyGroup);
    this.#ground = makeGround();
    this.#spot = makeSpot();
    this.#scene.add(new AmbientLight(0xffffff, 1.3), sun, ...this.#bodies);
    if (world.ground !== null) this.#scene.add(this.#ground, this.#spot);
    this.recolour(colours);
  }

  recolour(colours: StageColours): void {
    const sky = new Color(colours.sky);
    this.#scene.background = sky;
    this.#scene.fog = new Fog(sky, this.#world.cameraDistance * 1.2, this.#world.cameraDistance * 4);
    this.#ground.material.map?.dispose();
    this.#ground.material.map = checker(new Color(colours.ground), new Color(colours.groundAlternate));
    this.#ground.material.needsUpdate = true;
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
    this.#camera.position.set(x, y - this.#world.cameraDistance, z);
    this.#camera.lookAt(x, y, z);
    if (this.#world.ground !== null) this.#placeGround(x, y, this.#world.ground);
    this.#renderer.render(this.#scene, this.#camera);
  }

  dispose(): void {
    this.#ground.material.map?.dispose();
    this.#renderer.dispose();
  }

  /** The ground comes along in steps of a whole pattern, so that it seems endless and fixed. */
  #placeGround(x: number, y: number, height: number): void {
    const step = 2 * TILE;
    this.#ground.position.set(Math.round(x / step) * step, Math.round(y / step) * step, height);
    const followed = this.#bodies[this.#world.follow];
    this.#spot.position.set(followed.position.x, followed.position.y, height + 0.005);
  }
}

function makeGround(): Mesh<PlaneGeometry, MeshBasicMaterial> {
  return new Mesh(new PlaneGeometry(GROUND_SIZE, GROUND_SIZE), new MeshBasicMaterial());
}

/** A dark spot below the followed body: what is left of a shadow, and enough to see how high it is. */
function makeSpot(): Mesh {
  const material = new MeshBasicMaterial({ color: 0x000000, transparent: true, opacity: 0.22, depthWrite: false });
  return new Mesh(new CircleGeometry(0.22, 24), material);
}

/** Squares of two colours, `TILE` metres wide. */
function checker(even: Color, odd: Color): DataTexture {
  const size = 32;
  const pixels = new Uint8Array(size * size * 4);
  const colours = [even, odd].map((colour) => {
    const { r, g, b } = colour.clone().convertLinearToSRGB();
    return [r * 255, g * 255, b * 255, 255];
  });
  for (let i = 0; i < size * size; i++) {
    const right = i % size < size / 2;
    const top = i < (size * size) / 2;
    pixels.set(colours[right === top ? 1 : 0], i * 4);
  }
  const texture = new DataTexture(pixels, size, size);
  texture.wrapS = RepeatWrapping;
  texture.wrapT = RepeatWrapping;
  texture.repeat.set(GROUND_SIZE / (2 * TILE), GROUND_SIZE / (2 * TILE));
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.generateMipmaps = true;
  texture.anisotropy = 4;
  texture.colorSpace = SRGBColorSpace;
  texture.needsUpdate = true;
  return texture;
}
