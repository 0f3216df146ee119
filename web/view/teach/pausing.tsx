// A pause: clips and clocks stand still, and the agent too where the person wants that and may.
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { me } from "../../session/me.ts";
import { request } from "../../session/request.ts";
import { ActionButton } from "../keys/action-button.tsx";
import { session, watching } from "../page.ts";
import { paused, setPaused } from "./work.ts";

/** Whether the agent is to stand still as well. */
const withAgent = signal(false);
/** Whether it does. */
const agentPaused = signal(false);

export const PAUSE_ACTIONS = {
  pause: (at: number) => {
    if (paused.peek()) void goOn(at);
    else if (watching.peek() === false) {
      setPaused(true, at);
      session.notice.value = "Paused. No clock runs.";
    }
  },
};

async function goOn(at: number): Promise<void> {
  setPaused(false, at);
  session.notice.value = "You go on.";
  if (agentPaused.peek()) await tellAgent("resume");
}

async function tellAgent(what: "pause" | "resume"): Promise<void> {
  try {
    await request("POST", session.path(`/${what}`));
    agentPaused.value = what === "pause";
  } catch (error) {
    withAgent.value = false;
    session.notice.value = `The agent could not be told to ${what}: ${error instanceof Error ? error.message : ""}`;
  }
}

/** Covers what is asked while nothing is. */
export function PauseCover() {
  const box = useRef<HTMLDivElement>(null);
  const open = paused.value;
  useEffect(() => {
    if (open) box.current?.querySelector("button")?.focus();
  }, [open]);
  if (!open) return null;
  return (
    <div ref={box} class="pause" role="group" aria-label="Paused">
      <p class="large">Paused</p>
      <p>Nothing is timed. The agent {agentPaused.value ? "stands still, too." : "practises on for a while."}</p>
      <ActionButton action="pause" class="primary" label="Go on" />
      {(me.value === null || me.value.role === "owner") && <AgentToo />}
    </div>
  );
}

/** Only those who may manage runs can stop one. */
function AgentToo() {
  return (
    <label>
      <input
        type="checkbox"
        checked={withAgent.value}
        onChange={(event) => {
          withAgent.value = event.currentTarget.checked;
          void tellAgent(withAgent.value ? "pause" : "resume");
        }}
      />{" "}
      The agent pauses, too
    </label>
  );
}
