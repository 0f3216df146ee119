// The buttons below the world: go, back, record, keep, and how fast time passes.
import { type DriveSession, SPEEDS } from "../../drive/session.ts";
import { ActionButton, Hint } from "../keys/action-button.tsx";

export function Commands({ drive, isCorrection }: { readonly drive: DriveSession; readonly isCorrection: boolean }) {
  const phase = drive.phase.value;
  const recording = drive.recording.value;
  const ready = phase === "paused" || phase === "driving" || phase === "rewinding";
  const running = recording !== null && recording.to === null;
  return (
    <div class="drive-commands">
      <div class="row">
        <ActionButton
          action="drive-go"
          class="primary"
          disabled={!ready}
          label={phase === "driving" ? "Pause" : "Go"}
        />
        <button
          type="button"
          aria-disabled={!ready}
          aria-pressed={phase === "rewinding"}
          title="Goes back while it is held, up to 20 seconds"
          onPointerDown={() => ready && drive.rewind()}
          onPointerUp={() => drive.stopRewinding()}
          onPointerLeave={() => drive.stopRewinding()}
        >
          <span class="action">
            Go back <Hint action="drive-back" />
          </span>
        </button>
        <ActionButton action="drive-anew" disabled={!ready} class="quiet" />
      </div>
      <div class="row">
        <ActionButton
          action="drive-record"
          class="record"
          disabled={!ready || recording?.to != null}
          pressed={running}
          label={running ? "Stop" : "Record"}
        />
        <ActionButton action="drive-keep" disabled={!ready || recording === null} />
        {!isCorrection && <ActionButton action="drive-discard" disabled={!ready || recording === null} class="quiet" />}
        <span class="gap" />
        <span class="drive-speed" role="group" aria-label="How fast time passes">
          {SPEEDS.map((speed) => (
            <button
              key={speed}
              type="button"
              class="quiet"
              aria-pressed={drive.speed.value === speed}
              title={`Time passes at ${speed} times its pace. Comma is slower, point is faster.`}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => drive.setSpeed(speed)}
            >
              {speed}×
            </button>
          ))}
        </span>
      </div>
    </div>
  );
}
