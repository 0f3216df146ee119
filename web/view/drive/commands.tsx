// The buttons below the world: go, back, record, keep, and how fast time passes.
import type { ComponentChildren } from "preact";
import { type DriveSession, SPEEDS } from "../../drive/session.ts";
import { type Command, COMMANDS, REWIND } from "./keyboard.ts";

export function Commands({ drive, isCorrection }: { readonly drive: DriveSession; readonly isCorrection: boolean }) {
  const phase = drive.phase.value;
  const recording = drive.recording.value;
  const ready = phase === "paused" || phase === "driving" || phase === "rewinding";
  const running = recording !== null && recording.to === null;
  return (
    <div class="drive-commands">
      <div class="row">
        <CommandButton drive={drive} command={COMMANDS.toggle} class="primary" disabled={!ready}>
          {phase === "driving" ? "Pause" : "Go"}
        </CommandButton>
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
            {REWIND.label} <kbd>{REWIND.cap}</kbd>
          </span>
        </button>
        <CommandButton drive={drive} command={COMMANDS.anew} disabled={!ready} class="quiet" />
      </div>
      <div class="row">
        <CommandButton
          drive={drive}
          command={COMMANDS.record}
          disabled={!ready || recording?.to != null}
          pressed={running}
        >
          <span class="dot" data-on={running} />
          {running ? "Stop" : "Record"}
        </CommandButton>
        <CommandButton drive={drive} command={COMMANDS.keep} disabled={!ready || recording === null} />
        {!isCorrection && (
          <CommandButton
            drive={drive}
            command={COMMANDS.discard}
            disabled={!ready || recording === null}
            class="quiet"
          />
        )}
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

interface ButtonProps {
  readonly drive: DriveSession;
  readonly command: Command;
  readonly disabled: boolean;
  readonly pressed?: boolean;
  readonly class?: string;
  readonly children?: ComponentChildren;
}

function CommandButton({ drive, command, disabled, pressed, class: name = "", children }: ButtonProps) {
  return (
    <button
      type="button"
      class={name}
      aria-disabled={disabled}
      aria-pressed={pressed}
      // Focus would stay on a clicked button, and the space bar press it again.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => command.act(drive)}
    >
      <span class="action">
        {children ?? command.label} <kbd>{command.cap}</kbd>
      </span>
    </button>
  );
}
