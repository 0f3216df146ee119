// The slider through the agent's own history, with what the task measured above it.
import { useId } from "preact/hooks";
import type { Moment } from "./history.ts";
import { momentWords, shareOfRun } from "./moment-words.ts";
import { shortNumber } from "../words.ts";

interface Props {
  readonly moments: readonly Moment[];
  readonly stepsWanted: number;
  /** Position in `moments`; their number stands for now. */
  readonly at: number;
  /** What is said about now. */
  readonly now: string;
  readonly choose: (at: number) => void;
}

export function Timeline({ moments, stepsWanted, at, now, choose }: Props) {
  const labelled = useId();
  const heights = barHeights(moments);
  const last = moments.length;
  return (
    <div class="through-time">
      <ol class="ticks" aria-hidden="true">
        {moments.map((moment, index) => (
          <Tick
            key={moment.steps}
            label={shareOfRun(moment, stepsWanted)}
            value={firstMeasure(moment)}
            height={heights[index]}
            share={index / last}
            current={index === at}
          />
        ))}
        <Tick label="now" value={null} height={null} share={1} current={at === last} />
      </ol>
      <label class="unseen" id={labelled} for={`${labelled}-slider`}>
        When in the run
      </label>
      <input
        id={`${labelled}-slider`}
        type="range"
        min={0}
        max={last}
        step={1}
        value={at}
        aria-valuetext={at === last ? now : momentWords(moments[at], stepsWanted)}
        onInput={(event) => choose(Number(event.currentTarget.value))}
      />
    </div>
  );
}

interface TickProps {
  readonly label: string;
  readonly value: number | null;
  /** Of the bar, 0..1; null where there is none. */
  readonly height: number | null;
  /** Of the way along the slider, 0..1. */
  readonly share: number;
  readonly current: boolean;
}

function Tick({ label, value, height, share, current }: TickProps) {
  return (
    <li data-current={current} style={{ "--share": share }}>
      <span class="tick-value">{value === null ? "" : shortNumber(Math.round(value * 10) / 10)}</span>
      <span class="tick-bar" style={{ "--height": height ?? 0 }} />
      <span class="tick-label">{label}</span>
    </li>
  );
}

function firstMeasure({ measures }: Moment): number | null {
  return Object.values(measures).at(0) ?? null;
}

/** Height of each moment's bar by its first measure, 0..1, with nought among what is shown; null where it has none. */
export function barHeights(moments: readonly Moment[]): (number | null)[] {
  const values = moments.map(firstMeasure);
  const known = values.filter((value) => value !== null);
  const low = Math.min(0, ...known);
  const span = Math.max(0, ...known) - low;
  return values.map((value) => (value === null || span === 0 ? null : (value - low) / span));
}
