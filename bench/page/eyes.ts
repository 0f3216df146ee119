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
/** Milliseconds between two looks; where there is no graphics card the page draws a clip 15 times a second. */
const BETWEEN_LOOKS = 30;

/**
 * The torso is orange: light changes how bright it is, and leaves red well above green and green above blue. The thigh
 * next to it is yellow, with nearly as much green as red.
 */
const ORANGE = `(red, green, blue) => red > 70 && green < 0.64 * red && blue < 0.85 * green`;

/**
 * Waits for another pair than `known`, and then looks at both of its clips again and again. Looks are laid beside each
 * other on one sheet and read at the end: to read a picture is to wait until all that was ordered has been drawn.
 */
const WATCH = `async (known, patience, milliseconds) => {
  const orange = ${ORANGE};
  const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const shown = () => document.querySelector(".pair")?.dataset.shown;
  const asked = performance.now();
  while (shown() === undefined || shown() === known) {
    if (performance.now() - asked > patience) return null;
    await pause(10);
  }
  const began = performance.now();
  const pair = shown();
  const clips = [...document.querySelectorAll(".pair canvas")];
  const columns = Math.max(1, Math.round((${ROWS} * clips[0].width) / clips[0].height));
  const most = Math.ceil(milliseconds / ${BETWEEN_LOOKS});
  const sheet = document.createElement("canvas");
  sheet.width = most * columns;
  sheet.height = clips.length * ${ROWS};
  const drawing = sheet.getContext("2d", { alpha: false });
  let looks = 0;
  while (looks < most && performance.now() - began < milliseconds) {
    clips.forEach((clip, row) => drawing.drawImage(clip, looks * columns, row * ${ROWS}, columns, ${ROWS}));
    looks += 1;
    await pause(${BETWEEN_LOOKS});
  }
  if (shown() !== pair) return null;
  const [left, right] = clips.map((_, row) =>
    Array.from({ length: looks }, (_, look) => {
      const { data } = drawing.getImageData(look * columns, row * ${ROWS}, columns, ${ROWS});
      const points = [];
      for (let i = 0; i < data.length; i += 4) {
        if (!orange(data[i], data[i + 1], data[i + 2])) continue;
        points.push([((i / 4) % columns) / ${ROWS}, Math.floor(i / 4 / columns) / ${ROWS}]);
      }
      return points;
    }),
  );
  return { pair, left, right };
}`;

/**
 * Waits for the next pair, at most `patience` milliseconds, and watches it for some more of them. Null where no other
 * pair than the known one came up, or none that stayed.
 */
export function watchPair(page: Page, known: string, patience: number, milliseconds: number): Promise<Sight | null> {
  // As text: the page's policy forbids the ways in which a function would be sent there and waited for.
  return page.evaluate<Sight | null>(`(${WATCH})(${JSON.stringify(known)}, ${patience}, ${milliseconds})`);
}
