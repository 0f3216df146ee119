import { expect, test } from "vitest";
import type { PlayableClip } from "./clip.ts";
import { Playback, type Screen } from "./playback.ts";

function clip(frames: number, framesPerSecond = 10): PlayableClip {
  return { frames, framesPerSecond, poses: new Float32Array(), camera: new Float32Array() };
}

class Recorder implements Screen {
  ready = true;
  inSight = true;
  stale = false;
  busy = false;
  readonly drawn: number[] = [];
  readonly clips: PlayableClip[] = [];
  draw(clip: PlayableClip, frame: number): void {
    this.drawn.push(frame);
    this.clips.push(clip);
    this.stale = false;
  }
}

/** Ticks 60 times a second from `from` to before `to`, in seconds. */
function play(playback: Playback, from: number, to: number): void {
  for (let i = Math.round(from * 60); i < Math.round(to * 60); i++) playback.tick((i / 60) * 1_000);
}

test("draws each frame once, at the clip's rate, and begins again after a rest", () => {
  const playback = new Playback(0.5);
  const screen = new Recorder();
  playback.attach(0, screen);
  playback.show([clip(5)]);
  play(playback, 0, 0.99);
  expect(screen.drawn).toEqual([0, 1, 2, 3, 4]);
  play(playback, 0.99, 1.15);
  expect(screen.drawn).toEqual([0, 1, 2, 3, 4, 0, 1]);
});

test("plays short clips in slow motion", () => {
  const playback = new Playback(0.5, 1);
  const screen = new Recorder();
  playback.attach(0, screen);
  playback.show([clip(5)]);
  play(playback, 0, 0.42);
  expect(screen.drawn).toEqual([0, 1, 2]);
  play(playback, 0.42, 1.49);
  expect(screen.drawn).toEqual([0, 1, 2, 3, 4]);
  play(playback, 1.49, 1.6);
  expect(screen.drawn).toEqual([0, 1, 2, 3, 4, 0]);
});

test("plays clips in step; the shorter one waits for the longer", () => {
  const playback = new Playback(0);
  const [short, long] = [new Recorder(), new Recorder()];
  playback.attach(0, short);
  playback.attach(1, long);
  playback.show([clip(2), clip(4)]);
  play(playback, 0, 0.5);
  expect(short.drawn).toEqual([0, 1, 0]);
  expect(long.drawn).toEqual([0, 1, 2, 3, 0]);
});

test("tells once that all clips of a new pair were drawn", () => {
  const playback = new Playback(0);
  const [left, right] = [new Recorder(), new Recorder()];
  playback.attach(0, left);
  playback.attach(1, right);
  right.ready = false;
  const shown: number[] = [];
  playback.show([clip(5), clip(5)], (now) => shown.push(now));
  playback.tick(0);
  right.ready = true;
  playback.tick(200);
  right.busy = true;
  playback.tick(400);
  expect(shown).toEqual([]);
  expect(left.drawn).toEqual([0]);
  right.busy = false;
  playback.tick(600);
  playback.tick(720);
  expect(shown).toEqual([600]);
  expect(left.drawn).toEqual([0, 1]);
});

test("replays from the first frame", () => {
  const playback = new Playback(0);
  const screen = new Recorder();
  playback.attach(0, screen);
  playback.show([clip(5)]);
  play(playback, 0, 0.25);
  playback.replay();
  play(playback, 0.25, 0.3);
  expect(screen.drawn).toEqual([0, 1, 2, 0]);
});

test("draws again what has become stale, and nothing that cannot be seen", () => {
  const playback = new Playback(0);
  const screen = new Recorder();
  playback.attach(0, screen);
  playback.show([clip(5)]);
  playback.tick(0);
  screen.stale = true;
  playback.tick(1);
  expect(screen.drawn).toEqual([0, 0]);
  screen.inSight = false;
  play(playback, 0.1, 0.4);
  expect(screen.drawn).toEqual([0, 0]);
});

test("a clip without frames is passed over", () => {
  const playback = new Playback(0);
  const [unseen, other] = [new Recorder(), new Recorder()];
  playback.attach(0, unseen);
  playback.attach(1, other);
  const shown: number[] = [];
  playback.show([clip(0), clip(5)], (now) => shown.push(now));
  play(playback, 0, 0.35);
  expect(shown).toHaveLength(1);
  expect(unseen.drawn).toEqual([]);
  expect(other.drawn).toEqual([0, 1, 2, 3]);
});

test("does not wait for a clip that is out of sight", () => {
  const playback = new Playback(0);
  const [above, below] = [new Recorder(), new Recorder()];
  playback.attach(0, above);
  playback.attach(1, below);
  above.inSight = false;
  const shown: number[] = [];
  playback.show([clip(5), clip(5)], (now) => shown.push(now));
  play(playback, 0, 0.35);
  expect(shown).toHaveLength(1);
  expect(above.drawn).toEqual([0]);
  expect(below.drawn).toEqual([0, 1, 2, 3]);
});

test("leaves frames out where drawing takes longer than they last", () => {
  const playback = new Playback(0);
  const screen = new Recorder();
  playback.attach(0, screen);
  playback.show([clip(5)]);
  playback.tick(0);
  screen.busy = true;
  play(playback, 0.1, 0.3);
  screen.busy = false;
  play(playback, 0.3, 0.45);
  expect(screen.drawn).toEqual([0, 3, 4]);
});

test("brings up the newest clip once the present one has come to its end", () => {
  const playback = new Playback(0);
  const screen = new Recorder();
  playback.attach(0, screen);
  const [first, second, third] = [clip(3), clip(3), clip(3)];
  playback.showNext([first]);
  playback.tick(0);
  playback.showNext([second]);
  playback.showNext([third]);
  play(playback, 0.1, 0.5);
  expect(screen.drawn).toEqual([0, 1, 2, 0, 1]);
  expect(screen.clips.map((drawn) => [first, second, third].indexOf(drawn))).toEqual([0, 0, 0, 2, 2]);
});

test("plays faster and slower, stands where it is held, and goes where it is told", () => {
  const playback = new Playback(0);
  const screen = new Recorder();
  playback.attach(0, screen);
  playback.show([clip(10)]);
  playback.rate = 2;
  play(playback, 0, 0.2);
  expect(screen.drawn).toEqual([0, 1, 2, 3]);
  playback.rate = 0.25;
  play(playback, 0.2, 0.65);
  expect(screen.drawn.slice(4)).toEqual([4]);
  playback.held = true;
  play(playback, 0.65, 2);
  expect(screen.drawn.slice(5)).toEqual([]);
  playback.seek(0.75);
  playback.tick(2_000);
  playback.step(-3);
  playback.tick(2_010);
  playback.step(100);
  playback.tick(2_020);
  expect(screen.drawn.slice(5)).toEqual([7, 4, 9]);
  playback.replay();
  play(playback, 3, 3.01);
  expect(screen.drawn.at(-1)).toBe(0);
  expect(playback.held).toBe(false);
});

test("stays at its end where it does not loop, and says where it is", () => {
  const playback = new Playback(0.2);
  playback.attach(0, new Recorder());
  playback.loops = false;
  const positions: number[] = [];
  const leave = playback.follow(({ position }) => positions.push(position));
  playback.show([clip(3)]);
  expect(playback.ended).toBe(false);
  play(playback, 0, 2);
  expect(playback.ended).toBe(true);
  expect(playback.position).toBe(playback.seconds);
  // Once per tick in which it moved, and not after its end.
  expect(positions).toHaveLength(19);
  expect(positions.every((position, index) => index === 0 || position > positions[index - 1])).toBe(true);
  leave();
  playback.replay();
  play(playback, 2, 2.1);
  expect(positions).toHaveLength(19);
});

test("nothing moves while it is frozen", () => {
  const playback = new Playback(0);
  const screen = new Recorder();
  playback.attach(0, screen);
  playback.show([clip(10)]);
  playback.tick(0);
  playback.frozen = true;
  play(playback, 0.1, 3);
  playback.frozen = false;
  play(playback, 3, 3.12);
  expect(screen.drawn).toEqual([0, 1]);
});
