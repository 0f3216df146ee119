// The top of the page: the run and what it is doing, the tabs, the theme and the keys.
import { ActionButton } from "../keys/action-button.tsx";
import { session, status } from "../page.ts";
import { PHASES } from "../words.ts";
import { hrefTo, route } from "./route.ts";
import { severalPeople, TABS } from "./tabs.ts";
import { setTheme, theme, THEMES, type Theme } from "./theme.ts";

export function Header() {
  const run = session.run.value;
  const phase = status.value?.phase;
  const { connected, missing } = session;
  // With no run to show there is nothing to wait for.
  const awaited = connected.value !== true && !missing.value;
  // What the run did last says nothing about now, on whichever tab one is.
  const away = run !== null && connected.value === false && !missing.value;
  const { tab: current, run: named } = route.value;
  const tabs = TABS.filter(({ name }) => name !== "people" || severalPeople.value);
  return (
    <header class="top">
      <span class="brand">heed</span>
      <nav aria-label="Parts of the page">
        {tabs.map(({ name, label }) => (
          <a
            key={name}
            href={hrefTo(named ?? run?.id ?? null, name)}
            aria-current={name === current ? "page" : undefined}
          >
            {label}
          </a>
        ))}
      </nav>
      <span class="run" title={run?.name}>
        {run === null ? "" : run.name}
      </span>
      {(phase !== undefined || awaited) && (
        <span class="phase" data-phase={away ? "failed" : phase}>
          {away ? "Server away" : phase === undefined ? "Connecting" : PHASES[phase]}
        </span>
      )}
      <ThemeButton />
      <ActionButton action="help" class="quiet" />
    </header>
  );
}

const THEME_WORDS: Readonly<Record<Theme, string>> = {
  system: "as the system has it",
  light: "light",
  dark: "dark",
};

function ThemeButton() {
  const next = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length];
  return (
    <button
      type="button"
      class="quiet icon"
      aria-label={`Colours: ${THEME_WORDS[theme.value]}. Change to ${THEME_WORDS[next]}.`}
      title={`Colours: ${THEME_WORDS[theme.value]}`}
      onClick={() => setTheme(next)}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="7.25" fill="none" stroke="currentColor" stroke-width="1.5" />
        {theme.value === "system" && <path d="M10 2.75a7.25 7.25 0 0 1 0 14.5z" fill="currentColor" />}
        {theme.value === "dark" && <circle cx="10" cy="10" r="7.25" fill="currentColor" />}
      </svg>
    </button>
  );
}
