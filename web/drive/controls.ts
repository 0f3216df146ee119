// From keys, buttons on the sheet and a gamepad to actions. The table of keys is data: handlers and the sheet read it.
import type { Gesture } from "../../src/environment/environment.ts";

/** What moves in a world, as the physics tells it. */
export interface Controls {
  /** Names of the numbers of an action. */
  readonly names: readonly string[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly gestures: readonly Gesture[];
}

/** A key that pushes while it is held. Keys are where they lie on the keyboard, whatever its language. */
export interface DriveKey {
  /** `KeyboardEvent.code` */
  readonly code: string;
  /** What is printed on the sheet. */
  readonly cap: string;
  readonly label: string;
  /** `[action size]`, at full strength. */
  readonly push: readonly number[];
}

/** Pairs of keys, the upper one pushes up; R between E and T is for going back. */
const UPPER = ["Q", "W", "E", "T", "Y", "U", "I", "O"];
const LOWER = ["A", "S", "D", "G", "H", "J", "K", "L"];
const GESTURES = [
  { code: "ArrowUp", cap: "↑" },
  { code: "ArrowDown", cap: "↓" },
  { code: "ArrowRight", cap: "→" },
  { code: "ArrowLeft", cap: "←" },
];
/** Buttons of a gamepad in the standard mapping that make the gestures: the triggers, then the shoulders. */
export const GESTURE_BUTTONS: readonly number[] = [7, 6, 5, 4];
/** Keys that push in one world or another, as chords of the page's keymap on a keyboard whose letters lie as here. */
export const PUSH_CHORDS: ReadonlySet<string> = new Set(
  [...UPPER, ...LOWER, ...GESTURES.map(({ code }) => code)].map((key) => key.toLowerCase()),
);
/** Sticks at rest report up to this. */
const DEAD_ZONE = 0.15;
/** What is left of a push while Shift is held. */
const GENTLE = 0.5;

/** The keys of a world, the pair of each number of an action in turn, then its gestures. */
export function driveKeys({ names, low, high, gestures }: Controls): DriveKey[] {
  const pairs = names.slice(0, UPPER.length).flatMap((name, i): DriveKey[] => {
    const only = (value: number): number[] => names.map((_, j) => (i === j ? value : 0));
    return [
      { code: `Key${UPPER[i]}`, cap: UPPER[i], label: `${name} +`, push: only(high[i]) },
      { code: `Key${LOWER[i]}`, cap: LOWER[i], label: `${name} −`, push: only(low[i]) },
    ];
  });
  const combined = gestures.slice(0, GESTURES.length).map(({ name, action }, i): DriveKey => ({
    ...GESTURES[i],
    label: name,
    push: action,
  }));
  return [...pairs, ...combined];
}

/** Keys that are held, by their codes, and what they add up to. */
export class Held {
  readonly #controls: Controls;
  readonly #keys: ReadonlyMap<string, DriveKey>;
  readonly #held = new Set<string>();
  /** Whether pushes are gentle. */
  gentle = false;

  constructor(controls: Controls) {
    this.#controls = controls;
    this.#keys = new Map(driveKeys(controls).map((key) => [key.code, key]));
  }

  get codes(): ReadonlySet<string> {
    return this.#held;
  }

  /** Whether this key drives here; it is held from now on if so. */
  press(code: string): boolean {
    if (!this.#keys.has(code)) return false;
    this.#held.add(code);
    return true;
  }

  release(code: string): void {
    this.#held.delete(code);
  }

  releaseAll(): void {
    this.#held.clear();
    this.gentle = false;
  }

  /** Writes the action that keys and gamepads ask for, `[action size]`, within its bounds. */
  action(gamepads: readonly (Gamepad | null)[], out: Float32Array): void {
    const { low, high, gestures } = this.#controls;
    out.fill(0);
    for (const code of this.#held) {
      const push = this.#keys.get(code)?.push ?? [];
      for (let i = 0; i < out.length; i++) out[i] += push[i] ?? 0;
    }
    for (const gamepad of gamepads) {
      if (gamepad === null) continue;
      for (let i = 0; i < Math.min(out.length, gamepad.axes.length); i++) {
        const value = gamepad.axes[i];
        // Sticks count down from above to below; up is more.
        const lifted = i % 2 === 1 ? -value : value;
        if (Math.abs(lifted) > DEAD_ZONE) out[i] += lifted > 0 ? lifted * high[i] : -lifted * low[i];
      }
      for (let g = 0; g < Math.min(gestures.length, GESTURE_BUTTONS.length); g++) {
        const pressed = gamepad.buttons[GESTURE_BUTTONS[g]]?.value ?? 0;
        for (let i = 0; i < out.length; i++) out[i] += pressed * gestures[g].action[i];
      }
    }
    for (let i = 0; i < out.length; i++) {
      out[i] = Math.min(high[i], Math.max(low[i], out[i])) * (this.gentle ? GENTLE : 1);
    }
  }
}
