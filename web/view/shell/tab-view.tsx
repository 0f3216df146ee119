// Shows the tab that the address names, once its code is there.
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { session } from "../page.ts";
import { route, type TabName } from "./route.ts";
import { tabNamed } from "./tabs.ts";

const loaded = signal<ReadonlyMap<TabName, ComponentType>>(new Map());
const failed = signal(false);

export function TabView() {
  const { tab } = route.value;
  const Content = loaded.value.get(tab);
  // A server that is back has what it could not give before.
  const connected = session.connected.value;
  useEffect(() => void load(tab), [tab, connected]);
  if (Content !== undefined) return <Content />;
  return (
    <main class="tab">
      {failed.value && (
        <p class="hint" role="alert">
          This part of the page could not be loaded. Is the server there?{" "}
          <button type="button" onClick={() => void load(tab)}>
            Try again
          </button>
        </p>
      )}
    </main>
  );
}

async function load(tab: TabName): Promise<void> {
  if (loaded.peek().has(tab)) return;
  failed.value = false;
  try {
    const content = await tabNamed(tab).load();
    loaded.value = new Map(loaded.peek()).set(tab, content);
  } catch {
    failed.value = true;
  }
}
