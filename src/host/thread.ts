// What a worker thread runs.
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import type { Startup } from "../training/messages.ts";
import { runWorker } from "../training/worker.ts";
import { loadTask } from "./load-task.ts";

const port = parentPort;
if (port === null) throw new Error("thread.ts runs in a worker thread only; start it through startThread.");

/** How much training yields where cores are short: it gets a third of what the browser gets. */
const NICENESS = 5;

const startup: Startup = workerData;
// Where somebody looks at clips, the browser that draws them goes before training. Elsewhere than on Linux this would
// slow down the whole process, and with it the thread that answers people.
if (process.platform === "linux" && startup.start.options.teacher === "person") {
  setPriority(NICENESS);
}

await runWorker(startup, {
  post: (message) => port.postMessage(message),
  onMessage: (listener) => port.on("message", listener),
  loadTask,
});
// Whatever an environment left running must not keep the thread alive.
process.exit();
