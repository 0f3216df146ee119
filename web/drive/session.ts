// What somebody who drives sees and does. Views read the signals and call the methods; `tick` moves the world.
import { computed, signal } from "@preact/signals";
import type { Scene } from "../../src/environment/scene.ts";
import { between } from "./between.ts";
import { type Controls, Held } from "./controls.ts";
import type { Moment } from "./messages.ts";
import { Pace } from "./pace.ts";
import { LivePicture } from "./picture.ts";
import type { RemotePhysics } from "./remote.ts";
import type { DrivenSteps } from "./trajectory.ts";

/** What the person does to an agent's clip: they drive on from `at`, in steps from its start. */
export interface TakenOver {
  readonly state: Float32Array;
  readonly observation: Float32Array;
  /** `[steps, action size]`: what the agent did before the person took over. */
  readonly actions: Float32Array;
  /** Steps of the agent's window: the person drives at least so far. */
  readonly length: number;
}

/** What a drive is for and where it goes. */
export interface Purpose {
  readonly task: string;
  readonly scene: Scene;
  /** Null for a demonstration. */
  readonly takeOver: TakenOver | null;
  /** The fewest steps that can be kept. */
  readonly leastSteps: number;
  /** Sends what was driven; resolves with a sentence that says what became of it. */
  readonly send: (steps: DrivenSteps) => Promise<string>;
}

/** Simulated seconds per second that can be chosen. */
export const SPEEDS = [1, 0.5, 0.25, 0.1] as const;
export type Speed = (typeof SPEEDS)[number];

export type DrivePhase = "loading" | "paused" | "driving" | "rewinding" | "sending" | "failed";

/** The part of the trajectory that is recorded, in steps; it grows while `to` is null. */
export interface Recording {
  readonly from: number;
  readonly to: number | null;
}

const SEEDS = 2 ** 31;

export class DriveSession {
  readonly phase = signal<DrivePhase>("loading");
  readonly controls = signal<Controls | null>(null);
  readonly speed = signal<Speed>(0.5);
  readonly length = signal(0);
  readonly earliest = signal(0);
  readonly recording = signal<Recording | null>(null);
  /** Keys that are held, so that the sheet can show them. */
  readonly held = signal<ReadonlySet<string>>(new Set());
  /** What happened last, in a sentence. */
  readonly notice = signal("");
  readonly stepSeconds = signal(1);
  readonly picture: LivePicture;
  /** Steps recorded so far. */
  readonly recorded = computed(() => {
    const recording = this.recording.value;
    return recording === null ? 0 : (recording.to ?? this.length.value) - recording.from;
  });

  readonly #physics: RemotePhysics;
  readonly #purpose: Purpose;
  #held: Held | null = null;
  #pace = new Pace(1);
  #back = new Pace(1);
  #action = new Float32Array(0);
  #moment: Moment | null = null;
  #closed = false;

  constructor(physics: RemotePhysics, purpose: Purpose) {
    this.#physics = physics;
    this.#purpose = purpose;
    this.picture = new LivePicture(purpose.scene);
  }

  /** Loads the physics and puts the robot where the drive begins. */
  async open(): Promise<void> {
    try {
      const { controls, stepSeconds } = await this.#physics.ask({ kind: "open", task: this.#purpose.task });
      this.#held = new Held(controls);
      this.#pace = new Pace(stepSeconds);
      this.#back = new Pace(stepSeconds);
      this.#action = new Float32Array(controls.low.length);
      this.stepSeconds.value = stepSeconds;
      await this.#begin();
      this.controls.value = controls;
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Begins anew: the robot where an episode begins, or where the agent's clip was taken over. */
  async beginAnew(): Promise<void> {
    if (this.#unready()) return;
    try {
      await this.#begin();
      this.notice.value = "Begun anew.";
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Lets the world go on, or stand still. */
  toggle(): void {
    if (this.phase.peek() === "driving") this.#rest();
    else if (this.phase.peek() === "paused") {
      const recording = this.recording.peek();
      // Going on after a recording was stopped is going on with it.
      if (recording !== null) this.recording.value = { from: recording.from, to: null };
      this.phase.value = "driving";
      this.notice.value = "";
    }
  }

  setSpeed(speed: Speed): void {
    this.speed.value = speed;
  }

  /** The next slower or faster speed. */
  changeSpeed(by: -1 | 1): void {
    const index = SPEEDS.indexOf(this.speed.peek()) - by;
    this.speed.value = SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, index))];
  }

  /** Begins to record here, or ends the recording. */
  toggleRecording(): void {
    if (this.#unready()) return;
    const recording = this.recording.peek();
    if (recording === null) {
      this.recording.value = { from: this.length.peek(), to: null };
      this.notice.value = "Recording.";
      if (this.phase.peek() === "paused") this.phase.value = "driving";
    } else if (recording.to === null) this.#stopRecording();
  }

  discard(): void {
    if (this.#unready() || this.recording.peek() === null || this.#purpose.takeOver !== null) return;
    this.recording.value = null;
    this.notice.value = "Discarded. The robot is where it was.";
  }

  /** Sends what was recorded. */
  async keep(): Promise<void> {
    const recording = this.recording.peek();
    if (this.#unready() || recording === null) return;
    const steps = this.recorded.peek();
    const { leastSteps } = this.#purpose;
    if (steps < leastSteps) {
      const seconds = (count: number): string => `${(count * this.stepSeconds.peek()).toFixed(1)} s`;
      this.notice.value = `That is ${seconds(steps)}, and ${seconds(leastSteps)} are needed. Drive on.`;
      return;
    }
    this.#rest();
    this.phase.value = "sending";
    this.notice.value = "";
    try {
      const { from } = recording;
      const { steps: driven } = await this.#physics.ask({ kind: "cut", from, to: from + steps });
      this.notice.value = await this.#purpose.send(driven);
      this.recording.value = null;
    } catch (error) {
      this.notice.value = `Not kept: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (!this.#closed) this.phase.value = "paused";
  }

  /** Goes back for as long as `stopRewinding` has not been called. */
  rewind(): void {
    if (this.#unready() || this.phase.peek() === "rewinding") return;
    this.#back.rest();
    this.phase.value = "rewinding";
  }

  stopRewinding(): void {
    if (this.phase.peek() === "rewinding") this.#rest();
  }

  /** Whether this key drives; it is held from now on if so. */
  press(code: string): boolean {
    const known = this.#held?.press(code) === true;
    if (known) this.held.value = new Set(this.#held?.codes);
    return known;
  }

  release(code: string): void {
    this.#held?.release(code);
    this.held.value = new Set(this.#held?.codes);
  }

  setGentle(gentle: boolean): void {
    if (this.#held !== null) this.#held.gentle = gentle;
  }

  /** The page lost the keyboard: nothing is held any more, and nobody drives. */
  letGo(): void {
    this.#held?.releaseAll();
    this.held.value = new Set();
    if (this.phase.peek() === "driving" || this.phase.peek() === "rewinding") this.#rest();
  }

  /** Moves the world on, or back, and draws it. `now` in milliseconds of the page's clock. */
  tick(now: number, gamepads: readonly (Gamepad | null)[]): void {
    if (this.#moment === null) return;
    const phase = this.phase.peek();
    if (!this.#physics.busy) {
      if (phase === "driving") {
        this.#pace.speed = this.speed.peek();
        const steps = this.#pace.due(now);
        if (steps > 0) {
          this.#held?.action(gamepads, this.#action);
          void this.#move(this.#physics.ask({ kind: "step", steps, action: this.#action }));
        }
      } else if (phase === "rewinding") {
        const steps = this.#back.due(now);
        if (steps > 0) void this.#move(this.#physics.ask({ kind: "rewind", steps }));
      }
    }
    const fraction = phase === "driving" ? this.#pace.fraction : 1;
    between(this.#moment.before, this.#moment.pose, fraction, this.picture.poses);
    this.picture.draw(now);
  }

  close(): void {
    this.#closed = true;
    this.#physics.close();
  }

  async #begin(): Promise<void> {
    const { takeOver } = this.#purpose;
    const moment = await this.#physics.ask(
      takeOver === null
        ? { kind: "begin", seed: Math.floor(Math.random() * SEEDS) }
        : { kind: "take-over", state: takeOver.state, observation: takeOver.observation, actions: takeOver.actions },
    );
    this.#rest();
    this.picture.jump();
    this.#show(moment);
    // A correction is all that was driven from where the agent's window begins.
    this.recording.value = takeOver === null ? null : { from: 0, to: null };
  }

  async #move(asked: Promise<Moment>): Promise<void> {
    try {
      const moment = await asked;
      this.#show(moment);
      this.#trimRecording(moment.length);
      if (moment.outcome !== "running") {
        this.#rest();
        this.notice.value = WHY_STOPPED[moment.outcome];
      }
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Going back into a recording goes on with it from there; going back before it begins it there. */
  #trimRecording(length: number): void {
    const recording = this.recording.peek();
    if (recording === null) return;
    if (length < recording.from) this.recording.value = { from: length, to: null };
    else if (recording.to !== null && length < recording.to) this.recording.value = { from: recording.from, to: null };
  }

  #stopRecording(): void {
    const recording = this.recording.peek();
    if (recording === null) return;
    this.#rest();
    this.recording.value = { from: recording.from, to: this.length.peek() };
    const seconds = (this.recorded.peek() * this.stepSeconds.peek()).toFixed(1);
    this.notice.value = `Recorded ${seconds} s. Keep or discard it, or go back and drive on.`;
  }

  #show(moment: Moment): void {
    this.#moment = moment;
    this.length.value = moment.length;
    this.earliest.value = moment.earliest;
  }

  #rest(): void {
    this.#pace.rest();
    this.#back.rest();
    this.phase.value = "paused";
  }

  #unready(): boolean {
    const phase = this.phase.peek();
    return phase === "loading" || phase === "sending" || phase === "failed";
  }

  #fail(error: unknown): void {
    if (this.#closed) return;
    this.phase.value = "failed";
    this.notice.value = error instanceof Error ? error.message : String(error);
  }
}

const WHY_STOPPED: Readonly<Record<Exclude<Moment["outcome"], "running">, string>> = {
  ended: "Here an episode of the agent ends. Go back, or begin anew.",
  full: "That is as long as a drive can be. Keep what you recorded, or begin anew.",
  "blown-up": "The physics failed at this step, which was taken back. Go further back.",
};
