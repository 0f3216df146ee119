import { openExistingData } from "../../host/data.ts";
import { hasScreen, openBrowser } from "../../host/browser.ts";
import { servePage } from "../../host/page.ts";
import { RunManager } from "../../host/manager.ts";
import { watchInterrupts } from "../interrupts.ts";
import type { Output } from "../output.ts";
import type { HostFlags } from "./follow.ts";

/** Opens the page of a run that is under way, or serves that of one which is over until Ctrl-C. */
export async function watch(output: Output, idOrName: string, flags: HostFlags): Promise<number> {
  const interrupts = watchInterrupts(() => {});
  const store = await openExistingData(flags.data);
  try {
    const run = await store.findRun(idOrName);
    const opened = flags.open && hasScreen();
    const served = run.holder?.address ?? null;
    if (served !== null) {
      output.result(
        { event: "watching", run: run.id, address: served, live: true },
        `${run.id} is under way: ${served}`,
      );
      if (opened) await openBrowser(served);
      return 0;
    }
    const manager = new RunManager({ store });
    const page = await servePage({
      store,
      runs: manager,
      current: run.id,
      port: flags.port,
      warn: (message) => output.say(`Warning: ${message}`),
    });
    await manager.announce(page.address);
    try {
      output.result(
        { event: "watching", run: run.id, address: page.address, live: false },
        `${run.id}: ${page.address}`,
      );
      output.say("The page stays there until you press Ctrl-C.");
      if (opened) await openBrowser(page.address);
      await interrupts.first;
      return 0;
    } finally {
      await page.close();
      await manager.close();
    }
  } finally {
    await store.close();
    interrupts.release();
  }
}
