// A canvas on which one clip of a playback is drawn. three.js comes in its own chunk, after the first paint.
import { effect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { Scene } from "../../src/environment/scene.ts";
import type { PlayableClip } from "../clips/clip.ts";
import type { Playback, Screen } from "../clips/playback.ts";
import { drawnInSoftware } from "../clips/software.ts";
import type { CameraPlace, Stage, StageColours } from "../clips/stage.ts";
import { camera, trail } from "./clip-settings.ts";
import { drawable, session, ticking } from "./page.ts";
import { dark } from "./shell/theme.ts";

const MOST_PIXELS_PER_PIXEL = 2;

export function ClipCanvas({
  playback,
  index,
}: {
  readonly playback: Pick<Playback, "attach">;
  readonly index: number;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scene = session.run.value?.scene ?? null;
  useEffect(() => {
    if (canvas.current === null || scene === null) return undefined;
    const screen = new CanvasScreen(canvas.current);
    const detach = playback.attach(index, screen);
    void screen.open(scene);
    const stopRecolouring = dark.subscribe(() => screen.recolour());
    const stopPlacing = effect(() => screen.look(camera.value, trail.value));
    return () => {
      stopRecolouring();
      stopPlacing();
      detach();
      screen.close();
    };
  }, [playback, index, scene]);
  return (
    <span class="screen">
      <canvas ref={canvas} aria-hidden="true" />
      {drawable.value === false && (
        <span class="screen-note">This browser draws no WebGL, which the clips need. Another browser may.</span>
      )}
    </span>
  );
}

class CanvasScreen implements Screen {
  readonly #canvas: HTMLCanvasElement;
  readonly #sizes: ResizeObserver;
  readonly #sight: IntersectionObserver;
  #stage: Stage | null = null;
  #camera: CameraPlace = "side";
  #trail = false;
  #leave = (): void => {};
  #closed = false;
  #sized = false;
  stale = true;
  inSight = true;

  constructor(canvas: HTMLCanvasElement) {
    this.#canvas = canvas;
    this.#sizes = new ResizeObserver(() => this.#resize());
    this.#sight = new IntersectionObserver((entries) => {
      this.inSight = entries.some((entry) => entry.isIntersecting);
    });
  }

  get ready(): boolean {
    return this.#stage !== null && this.#sized;
  }

  get busy(): boolean {
    return this.#stage?.busy ?? false;
  }

  async open(scene: Scene): Promise<void> {
    const { Stage } = await import("../clips/stage.ts");
    if (this.#closed) return;
    try {
      this.#stage = new Stage(this.#canvas, scene, colours());
    } catch {
      drawable.value = false;
      return;
    }
    this.#sizes.observe(this.#canvas);
    this.#sight.observe(this.#canvas);
    this.#leave = this.#stage.whenRestored(() => (this.stale = true));
    this.#stage.place(this.#camera);
    ticking.sparing = drawnInSoftware();
    drawable.value = true;
  }

  draw(clip: PlayableClip, frame: number): void {
    this.#stage?.draw(clip, frame, this.#trail);
    this.stale = false;
  }

  look(camera: CameraPlace, trail: boolean): void {
    this.#camera = camera;
    this.#trail = trail;
    this.#stage?.place(camera);
    this.stale = true;
  }

  recolour(): void {
    this.#stage?.recolour(colours());
    this.stale = true;
  }

  close(): void {
    this.#closed = true;
    this.#sizes.disconnect();
    this.#sight.disconnect();
    this.#leave();
  }

  #resize(): void {
    const { clientWidth, clientHeight } = this.#canvas;
    this.#sized = clientWidth > 0 && clientHeight > 0;
    if (!this.#sized) return;
    this.#stage?.resize(clientWidth, clientHeight, Math.min(MOST_PIXELS_PER_PIXEL, devicePixelRatio));
    this.stale = true;
  }
}

function colours(): StageColours {
  const style = getComputedStyle(document.documentElement);
  return {
    sky: style.getPropertyValue("--sky"),
    ground: style.getPropertyValue("--ground"),
    groundAlternate: style.getPropertyValue("--ground-alternate"),
    trail: style.getPropertyValue("--accent"),
  };
}
