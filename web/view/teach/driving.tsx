// Where the person drives the robot. The physics for it is large, and loaded only here.
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { session } from "../page.ts";
import { choose, takenOver } from "./choosing.ts";

type Correction = NonNullable<typeof takenOver.value>;
type Drive = ComponentType<{ readonly correction?: Correction; readonly onClose?: () => void }>;

const loaded = signal<Drive | null>(null);
const failed = signal(false);

async function load(): Promise<void> {
  failed.value = false;
  try {
    loaded.value ??= (await import("../drive/index.tsx")).Drive;
  } catch {
    failed.value = true;
  }
}

export function Driving() {
  const connected = session.connected.value;
  useEffect(() => void load(), [connected]);
  const Content = loaded.value;
  const correction = takenOver.value;
  if (Content === null) {
    return (
      <p class="hint">
        {failed.value
          ? "This part of the page could not be loaded. It is, once the server is back."
          : "Bringing the robot in."}
      </p>
    );
  }
  return correction === null ? (
    <Content onClose={() => choose("comparison")} />
  ) : (
    <Content correction={correction} onClose={() => (takenOver.value = null)} />
  );
}
