// Marks on a clip's timeline: moments and stretches that were good or bad.
import type { CritiquedPart, Press } from "../../../src/feedback/judgement.ts";

interface Props {
  /** Length of the clip. */
  readonly seconds: number;
  readonly presses?: readonly Press[];
  readonly parts?: readonly CritiquedPart[];
}

export function Marks({ seconds, presses = [], parts = [] }: Props) {
  if (seconds <= 0) return null;
  const share = (value: number) => `${(100 * value) / seconds}%`;
  return (
    <svg class="marks" aria-hidden="true">
      {parts.map(({ from, to, good }) => (
        <rect
          key={from}
          x={share(from)}
          width={share(to - from)}
          y={good ? "0" : "50%"}
          height="50%"
          class={good ? "good" : "bad"}
        />
      ))}
      {presses.map(({ at, good }, index) => (
        <circle key={index} cx={share(at)} cy={good ? "25%" : "75%"} r="5" class={good ? "good" : "bad"} />
      ))}
    </svg>
  );
}
