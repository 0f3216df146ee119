import { expect, test } from "vitest";
import { Playback } from "./playback.ts";
import { Ticking } from "./ticking.ts";

const CLIP = { frames: 1_000, framesPerSecond: 60, poses: new Float32Array(), camera: new Float32Array() };

/** A playback of one clip, and the times at which it was drawn, in milliseconds. */
function watched() {
  const playback = new Playback(0);
  const screen = { ready: true, inSight: true, stale: true, busy: false, draws: 0, draw: () => void screen.draws++ };
  playback.attach(0, screen);
  playback.show([CLIP]);
  return { playback, screen };
}

function second(ticking: Ticking): void {
  for (let i = 0; i < 60; i++) ticking.tick((i * 1_000) / 60);
}

test("draws with every frame where drawing is cheap, and 15 times a second where it is dear", () => {
  for (const [sparing, draws] of [
    [false, 60],
    [true, 15],
  ] as const) {
    const [pair, agent] = [watched(), watched()];
    const ticking = new Ticking(pair.playback, [agent.playback]);
    ticking.sparing = sparing;
    second(ticking);
    expect([pair.screen.draws, agent.screen.draws]).toEqual([draws, draws]);
  }
});

test("shows a new pair at once, before anything else is drawn", () => {
  const [pair, agent] = [watched(), watched()];
  const ticking = new Ticking(pair.playback, [agent.playback]);
  ticking.sparing = true;
  ticking.tick(0);
  const before = agent.screen.draws;
  const shown: number[] = [];
  pair.playback.show([CLIP], (now) => shown.push(now));
  pair.screen.draws = 0;
  ticking.tick(10);
  ticking.tick(20);
  expect(pair.screen.draws).toBeGreaterThan(0);
  expect(shown).toEqual([20]);
  expect(agent.screen.draws).toBe(before);
});

test("a playback that comes later ticks until it goes", () => {
  const [pair, late] = [watched(), watched()];
  const ticking = new Ticking(pair.playback, []);
  const remove = ticking.add(late.playback);
  second(ticking);
  expect(late.screen.draws).toBe(60);
  remove();
  ticking.tick(2_000);
  expect(late.screen.draws).toBe(60);
});

test("clips that are to be shown on another tab keep nothing waiting, and begin at their start there", () => {
  const agent = watched();
  const pair = new Playback(0);
  const ticking = new Ticking(pair, [agent.playback]);
  pair.show([CLIP], () => {});
  second(ticking);
  expect(agent.screen.draws).toBe(60);
  expect([pair.showing, pair.position]).toEqual([false, 0]);
  pair.attach(0, { ready: true, inSight: true, stale: true, busy: false, draw: () => {} });
  expect(pair.showing).toBe(true);
});
