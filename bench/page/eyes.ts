// The eyes of a script that teaches through the page. They see the two pictures on the screen and nothing else: no pose,
// no reward, no word of the server.
import type { Page } from "playwright-core";

/** A point of a picture, x to the right and y down, in heights of the picture. */
export type Point = readonly [x: number, y: number];

/** What is seen of one clip: in each look the points that have the colour of the torso. */
export type Looks = readonly (readonly Point[])[];

export interface Sight {
  /** Names the pair that was on the screen. */
  readonly pair: string;
  readonly left: Looks;
  readonly right: Looks;
}

/** Rows of the pictures that are looked at; the page's own are larger. */
const ROWS = 120;
/** The page's key for one frame on. It stops the clips, so that however late a frame is drawn, it is seen. */
const FRAME_ON = ".";
/** Frames from one look to the next: a clip has 60 a second, and no torso turns a quarter round in three of them. */
const FRAMES_PER_LOOK = 3;
/** From here on the slider under the clips stands at their end: on their last frame it is a little short of 1. */
const END = 0.95;
/** Milliseconds after which a picture that has not changed is taken to be what there is to see. */
const PATIENCE = 500;

/**
 * The torso is orange: light changes how bright it is, and leaves red well above green and green above blue. The thigh
 * next to it is yellow, with nearly as much green as red.
 */
const ORANGE = `(red, green, blue) => red > 70 && green < 0.64 * red && blue < 0.85 * green`;

/** Waits for another pair than `known`. */
const NEXT_PAIR = `async (known, patience) => {
  const shown = () => document.querySelector(".pair")?.dataset.shown;
  const asked = performance.now();
  while (shown() === undefined || shown() === known) {
    if (performance.now() - asked > patience) return null;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return shown();
}`;

/** Waits until the slider under the clips has moved and their pictures have changed, and then looks at both. */
const LOOK = `async (before) => {
  const orange = ${ORANGE};
  const clips = [...document.querySelectorAll(".pair canvas")];
  const columns = Math.max(1, Math.round((${ROWS} * clips[0].width) / clips[0].height));
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = [columns, clips.length * ${ROWS}];
  const drawing = sheet.getContext("2d", { alpha: false, willReadFrequently: true });
  const asked = performance.now();
  const late = () => performance.now() - asked > ${PATIENCE};
  const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const place = () => document.querySelector(".scrub").valueAsNumber;
  while (place() === before?.place && !late()) await nextFrame();
  while (true) {
    clips.forEach((clip, row) => drawing.drawImage(clip, 0, row * ${ROWS}, columns, ${ROWS}));
    const { data } = drawing.getImageData(0, 0, sheet.width, sheet.height);
    let picture = 0;
    for (let i = 0; i < data.length; i++) picture = (Math.imul(picture, 31) + data[i]) | 0;
    if (picture === before?.picture && !late()) {
      await nextFrame();
      continue;
    }
    const torsos = clips.map(() => []);
    for (let i = 0; i < data.length; i += 4) {
      if (!orange(data[i], data[i + 1], data[i + 2])) continue;
      const row = Math.floor(i / 4 / columns);
      const clip = Math.floor(row / ${ROWS});
      torsos[clip].push([((i / 4) % columns) / ${ROWS}, (row - clip * ${ROWS}) / ${ROWS}]);
    }
    return { pair: document.querySelector(".pair")?.dataset.shown, place: place(), picture, torsos };
  }
}`;

interface Look {
  readonly pair: string | undefined;
  readonly place: number;
  readonly picture: number;
  readonly torsos: readonly [left: readonly Point[], right: readonly Point[]];
}

/**
 * Waits for the next pair, at most `patience` milliseconds, and goes through it to the end of its clips. Null where no
 * other pair than the known one came up, or none that stayed.
 */
export async function watchPair(page: Page, known: string, patience: number): Promise<Sight | null> {
  // As text: the page's policy forbids the ways in which a function would be sent there and waited for.
  const pair = await page.evaluate<string | null>(`(${NEXT_PAIR})(${JSON.stringify(known)}, ${patience})`);
  if (pair === null) return null;
  const [left, right]: (readonly Point[])[][] = [[], []];
  for (let before: Look | null = null; ;) {
    const look: Look = await page.evaluate<Look>(
      `(${LOOK})(${JSON.stringify(before === null ? null : { place: before.place, picture: before.picture })})`,
    );
    if (look.pair !== pair) return null;
    left.push(look.torsos[0]);
    right.push(look.torsos[1]);
    if (look.place > END) return { pair, left, right };
    before = look;
    for (let i = 0; i < FRAMES_PER_LOOK; i++) await page.keyboard.press(FRAME_ON);
  }
}
