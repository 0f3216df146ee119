import { hasScreen, openBrowser } from "../../host/browser.ts";
import type { RunEvent } from "../../host/events.ts";
import { reachOf } from "../../host/invitations.ts";
import { startServing } from "../../host/serve.ts";
import type { Phase } from "../../training/journal.ts";
import { evaluationText, flatEvaluation } from "../evaluation.ts";
import { watchInterrupts } from "../interrupts.ts";
import type { Output } from "../output.ts";
import type { HostFlags } from "./follow.ts";

export interface ServeFlags extends HostFlags {
  readonly atOnce: number;
  readonly host?: string;
  readonly origin?: string;
  readonly twice: number;
}

/** Serves the page of a data directory until Ctrl-C, with the runs that people start there. */
export async function serve(output: Output, flags: ServeFlags): Promise<number> {
  const interrupts = watchInterrupts(() => {
    output.say("Stopping; everything is kept. Press Ctrl-C again to stop at once.");
  });
  const { data, port, atOnce, twice } = flags;
  try {
    const served = await startServing({
      data,
      port,
      atOnce,
      twice,
      reach: reachOf(flags.host, flags.origin),
      onProgress: teller(output),
      warn: (message) => output.say(`Warning: ${message}`),
    });
    try {
      const { address, directory, invitation } = served;
      const serving = { event: "serving", address, data: directory };
      output.result(invitation === null ? serving : { ...serving, invitation }, `The runs of ${directory}: ${address}`);
      if (invitation !== null) {
        output.say("Nobody is let in without an invitation. This one is yours; it lets one person in, as the owner:");
        output.say(invitation);
      }
      output.say("Runs are started on the page. They are paused, with everything kept, when you press Ctrl-C.");
      if (flags.open && hasScreen()) await openBrowser(invitation ?? address);
      await interrupts.first;
      return 0;
    } finally {
      await served.close();
    }
  } finally {
    interrupts.release();
  }
}

/** Tells of every event as JSON, and people of those that they would miss. */
function teller(output: Output): (run: string, event: RunEvent) => void {
  const phases = new Map<string, Phase>();
  return (run, event) => {
    output.result(
      event.event === "evaluated" ? { event: "evaluated", run, ...flatEvaluation(event) } : { ...event, run },
    );
    if (event.event === "warning") output.say(`${run}: ${event.message}`);
    if (event.event === "evaluated") output.say(`${run}: ${evaluationText(event)}`);
    if (event.event !== "status" || phases.get(run) === event.phase) return;
    phases.set(run, event.phase);
    output.say(`${run}: ${event.phase}`);
  };
}
