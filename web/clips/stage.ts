// Draws clips with three.js: one renderer for all canvases of the page, which get their pictures from it. Cheap on
// purpose: training keeps all cores busy while people watch.
import { PerspectiveCamera, Vector3, WebGLRenderer } from "three";
import type { Scene } from "../../src/environment/scene.ts";
import type { PlayableClip } from "./clip.ts";
import { drawnInSoftware } from "./software.ts";
import { Theatre, type StageColours } from "./theatre.ts";

export type { StageColours } from "./theatre.ts";

/** From where a clip is looked at: as its world is meant to be seen, from the front, or from behind and above. */
export type CameraPlace = "side" | "front" | "behind";

const FIELD_OF_VIEW = 42;

/** Browsers allow few of them at a time, and each would draw the same bodies from memory of its own. */
let renderer: WebGLRenderer | null = null;
const theatres = new WeakMap<Scene, Theatre>();

export class Stage {
  readonly #canvas: HTMLCanvasElement;
  readonly #picture: CanvasRenderingContext2D;
  readonly #renderer: WebGLRenderer;
  readonly #theatre: Theatre;
  readonly #camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.1, 100);
  readonly #towardsCamera = new Vector3();
  readonly #world: Scene;
  #drawing: WebGLSync | null = null;
  #sky = "";

  /** Throws where the browser gives no WebGL context. */
  constructor(canvas: HTMLCanvasElement, world: Scene, colours: StageColours) {
    const picture = canvas.getContext("2d", { alpha: false });
    if (picture === null) throw new Error("This browser draws no pictures.");
    this.#canvas = canvas;
    this.#picture = picture;
    renderer ??= new WebGLRenderer({ antialias: !drawnInSoftware(), powerPreference: "low-power" });
    this.#renderer = renderer;
    this.#world = world;
    let theatre = theatres.get(world);
    if (theatre === undefined) theatres.set(world, (theatre = new Theatre(world)));
    this.#theatre = theatre;
    this.place("side");
    this.recolour(colours);
  }

  recolour(colours: StageColours): void {
    this.#theatre.recolour(colours);
    this.#sky = colours.sky;
  }

  /** Puts the camera somewhere else. */
  place(place: CameraPlace): void {
    const { cameraDistance, cameraElevation } = this.#world;
    const [azimuth, elevation] =
      place === "side" ? [-90, cameraElevation ?? 0] : place === "front" ? [0, 8] : [-150, 28];
    const [around, up] = [(azimuth * Math.PI) / 180, (elevation * Math.PI) / 180];
    this.#towardsCamera
      .set(Math.cos(up) * Math.cos(around), Math.cos(up) * Math.sin(around), Math.sin(up))
      .multiplyScalar(cameraDistance);
    // Across the line of sight, so that a camera straight above knows which way up the picture is, too.
    this.#camera.up.set(-Math.sin(up) * Math.cos(around), -Math.sin(up) * Math.sin(around), Math.cos(up));
  }

  /** Width and height in CSS pixels. */
  resize(width: number, height: number, pixelRatio: number): void {
    this.#canvas.width = Math.max(1, Math.round(width * pixelRatio));
    this.#canvas.height = Math.max(1, Math.round(height * pixelRatio));
    // Until there is a clip to draw, as long as the agent has not done anything.
    this.#picture.fillStyle = this.#sky;
    this.#picture.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
    this.#camera.aspect = width / height;
    // The camera's distance is meant for the shorter side.
    const half = Math.tan((FIELD_OF_VIEW / 360) * Math.PI) / Math.min(1, width / height);
    this.#camera.fov = (Math.atan(half) * 360) / Math.PI;
    this.#camera.updateProjectionMatrix();
  }

  draw(clip: PlayableClip, frame: number, trail: boolean): void {
    const { width, height } = this.#canvas;
    const buffer = this.#renderer.domElement;
    // The renderer's own canvas is as large as the largest picture asked for so far.
    if (buffer.width < width || buffer.height < height) {
      this.#renderer.setSize(Math.max(buffer.width, width), Math.max(buffer.height, height), false);
    }
    const x = clip.camera[3 * frame];
    const y = clip.camera[3 * frame + 1];
    const z = clip.camera[3 * frame + 2];
    this.#camera.position.set(x, y, z).add(this.#towardsCamera);
    this.#camera.lookAt(x, y, z);
    this.#theatre.pose(clip, frame, trail);
    this.#renderer.setViewport(0, 0, width, height);
    this.#renderer.setScissor(0, 0, width, height);
    this.#renderer.setScissorTest(true);
    this.#renderer.render(this.#theatre.scene, this.#camera);
    this.#picture.drawImage(buffer, 0, buffer.height - height, width, height, 0, 0, width, height);
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

  /** Calls `listener` whenever the browser gave the renderer its memory back, until the returned function is called. */
  whenRestored(listener: () => void): () => void {
    const { domElement } = this.#renderer;
    domElement.addEventListener("webglcontextrestored", listener);
    return () => domElement.removeEventListener("webglcontextrestored", listener);
  }
}
