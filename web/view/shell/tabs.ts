// The page's tabs. Each is loaded when it is first opened, so that the first view stays small.
import { signal } from "@preact/signals";
import type { ComponentType } from "preact";
import type { TabName } from "./route.ts";

export interface Tab {
  readonly name: TabName;
  readonly label: string;
  readonly load: () => Promise<ComponentType>;
}

/** Whether this server is for several people: only then is there something to see about them. */
export const severalPeople = signal(false);

export const TABS: readonly Tab[] = [
  { name: "teach", label: "Teach", load: async () => (await import("../teach/index.tsx")).Teach },
  { name: "watch", label: "Watch", load: async () => (await import("../watch/index.tsx")).Watch },
  { name: "understand", label: "Understand", load: async () => (await import("../understand/index.tsx")).Understand },
  { name: "people", label: "People", load: async () => (await import("../people/index.tsx")).People },
  { name: "runs", label: "Runs", load: async () => (await import("../runs/index.tsx")).Runs },
];

export function tabNamed(name: TabName): Tab {
  // The names are those of the list.
  return TABS.find((tab) => tab.name === name) ?? TABS[0];
}
