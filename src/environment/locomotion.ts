// What tasks share in which a robot is to get ahead: forward velocity is rewarded, effort costs.
import { MujocoEnvironment } from "./mujoco-environment.ts";

/** Rewards metres per second along +x, minus `controlCost` times the sum of the squared controls. */
export abstract class Locomotion extends MujocoEnvironment {
  protected abstract readonly controlCost: number;
  #started = 0;
  #distance = 0;
  #velocity = 0;

  /** `distance`: metres ahead of where the episode began. */
  measures(): Readonly<Record<string, number>> {
    return { distance: this.#distance };
  }

  protected override begin(): void {
    this.#started = this.place();
    this.#distance = 0;
    this.#velocity = 0;
  }

  protected override advance(frames: number): boolean {
    const fine = this.move(frames);
    const distance = this.place() - this.#started;
    this.#velocity = (distance - this.#distance) / this.stepSeconds;
    this.#distance = distance;
    return fine;
  }

  /** Takes the physics steps. Returns whether they are sound. */
  protected move(frames: number): boolean {
    return super.advance(frames);
  }

  protected reward(): number {
    return this.#velocity - this.controlCost * this.squaredControls();
  }

  /** Forward velocity over the last step, in metres per second. */
  protected get velocity(): number {
    return this.#velocity;
  }

  /** Where the robot is along +x, in metres. */
  protected place(): number {
    return this.simulation.qpos[0];
  }
}
