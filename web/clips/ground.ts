// The ground: squares of two colours on one plane. A texture would cost most of a frame where there is no graphics card,
// and squares as shapes thousands of corners.
import { Color, Mesh, PlaneGeometry, ShaderMaterial } from "three";

/** Side of a square, in camera distances. */
const TILE = 0.125;

const VERTEX = `
  uniform float tile;
  varying vec2 square;
  varying float depth;
  void main() {
    vec4 world = modelMatrix * vec4(position, 1.0);
    vec4 seen = viewMatrix * world;
    square = world.xy / tile;
    depth = -seen.z;
    gl_Position = projectionMatrix * seen;
  }
`;

// Each axis alternates between -1 and 1. The change takes as long as a pixel is wide, so that edges are smooth, and far
// away, where a pixel holds many squares, both colours become one.
const FRAGMENT = `
  uniform vec3 even;
  uniform vec3 odd;
  uniform vec3 sky;
  uniform vec2 fog;
  varying vec2 square;
  varying float depth;
  void main() {
    vec2 wave = abs(mod(square, 2.0) - 1.0) - 0.5;
    vec2 sides = clamp(2.0 * wave / max(fwidth(square), vec2(1e-4)), -1.0, 1.0);
    vec3 ground = mix(even, odd, 0.5 + 0.5 * sides.x * sides.y);
    gl_FragColor = vec4(mix(ground, sky, smoothstep(fog.x, fog.y, depth)), 1.0);
    #include <colorspace_fragment>
  }
`;

export class Ground {
  readonly mesh: Mesh<PlaneGeometry, ShaderMaterial>;
  readonly #even = new Color();
  readonly #odd = new Color();
  readonly #sky = new Color();

  /** Squares suit a camera at `cameraDistance` metres. Fades into the sky between the two distances `fog`, in metres. */
  constructor(cameraDistance: number, fog: readonly [number, number]) {
    const uniforms = {
      tile: { value: TILE * cameraDistance },
      even: { value: this.#even },
      odd: { value: this.#odd },
      sky: { value: this.#sky },
      fog: { value: fog },
    };
    const material = new ShaderMaterial({ uniforms, vertexShader: VERTEX, fragmentShader: FRAGMENT });
    this.mesh = new Mesh(new PlaneGeometry(4 * fog[1], 4 * fog[1]), material);
  }

  recolour(even: string, odd: string, sky: Color): void {
    this.#even.set(even);
    this.#odd.set(odd);
    this.#sky.copy(sky);
  }
}
