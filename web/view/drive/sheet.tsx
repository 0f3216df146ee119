// The keys that drive, and buttons for those who have no keyboard: each pushes while it is held.
import type { DriveKey } from "../../drive/controls.ts";
import { driveKeys } from "../../drive/controls.ts";
import type { DriveSession } from "../../drive/session.ts";

export function Sheet({ drive }: { readonly drive: DriveSession }) {
  const controls = drive.controls.value;
  if (controls === null) return null;
  const keys = driveKeys(controls);
  const pairs = controls.names
    .slice(0, keys.length / 2)
    .map((name, i) => ({ name, keys: keys.slice(2 * i, 2 * i + 2) }));
  const gestures = keys.slice(2 * pairs.filter(({ keys }) => keys.length === 2).length);
  return (
    <div class="drive-sheet" aria-label="Keys that drive" role="group">
      {pairs.map(({ name, keys: [up, down] }) => (
        <div key={name} class="drive-pair">
          <span>{name}</span>
          <PushKey drive={drive} of={down} name={name} sign="−" />
          <PushKey drive={drive} of={up} name={name} sign="+" />
        </div>
      ))}
      {gestures.map((key) => (
        <div key={key.code} class="drive-pair">
          <span>{key.label}</span>
          <PushKey drive={drive} of={key} name={key.label} />
        </div>
      ))}
      <p class="hint">
        Hold <kbd>Shift</kbd> to push half as hard. A gamepad's sticks and triggers push too.
      </p>
    </div>
  );
}

interface PushKeyProps {
  readonly drive: DriveSession;
  readonly of: DriveKey;
  /** What it moves. */
  readonly name: string;
  /** Which way it pushes, where it is one of a pair. */
  readonly sign?: string;
}

function PushKey({ drive, of: { code, cap }, name, sign }: PushKeyProps) {
  const release = (): void => drive.release(code);
  return (
    <button
      type="button"
      class="drive-key"
      aria-label={sign === undefined ? name : `${cap} ${sign}: ${name}`}
      aria-pressed={drive.held.value.has(code)}
      onPointerDown={(event) => {
        event.preventDefault();
        drive.press(code);
      }}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
    >
      {cap} {sign !== undefined && <small>{sign}</small>}
    </button>
  );
}
