// How long the drive is, how far back one can go, and what is recorded.
import type { DriveSession } from "../../drive/session.ts";

/** Seconds that the timeline shows at least. */
const LEAST_SECONDS = 10;

export function Timeline({ drive }: { readonly drive: DriveSession }) {
  const { stepSeconds, length, earliest, recording } = drive;
  const seconds = length.value * stepSeconds.value;
  const whole = Math.max(LEAST_SECONDS, seconds);
  const share = (steps: number): string => `${((100 * steps * stepSeconds.value) / whole).toFixed(2)}%`;
  const recorded = recording.value;
  const kept = drive.recorded.value * stepSeconds.value;
  return (
    <div class="drive-time">
      <div
        class="drive-line"
        role="img"
        aria-label={
          `${seconds.toFixed(1)} seconds driven` + (recorded === null ? "." : `, ${kept.toFixed(1)} of them recorded.`)
        }
      >
        <span class="reach" style={{ left: share(earliest.value), width: share(length.value - earliest.value) }} />
        {recorded !== null && (
          <span class="recorded" style={{ left: share(recorded.from), width: share(drive.recorded.value) }} />
        )}
        <span class="now" style={{ left: share(length.value) }} />
      </div>
      <span class="drive-clock">{seconds.toFixed(1)} s</span>
    </div>
  );
}
