// Light or dark: as the system has it, or as the person chose, which is kept.
import { computed, effect, signal } from "@preact/signals";
import { browserStorage } from "../../session/outbox.ts";

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

const KEPT = "heed.theme";

export const theme = signal<Theme>(keptTheme());
const systemDark = signal(false);

export const dark = computed(() => (theme.value === "system" ? systemDark.value : theme.value === "dark"));

/** Keeps the page in its theme for as long as it lives. */
export function followTheme(): void {
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  systemDark.value = scheme.matches;
  scheme.addEventListener("change", () => (systemDark.value = scheme.matches));
  effect(() => {
    document.documentElement.dataset["theme"] = theme.value;
  });
}

export function setTheme(value: Theme): void {
  theme.value = value;
  try {
    browserStorage()?.setItem(KEPT, value);
  } catch {
    // Storage is full or forbidden: the theme holds for as long as the page lives.
  }
}

function keptTheme(): Theme {
  const kept = browserStorage()?.getItem(KEPT);
  return THEMES.find((theme) => theme === kept) ?? "system";
}
