// What a worker thread runs.
import { parentPort, workerData } from "node:worker_threads";
import { runWorker } from "../training/worker.ts";
import { loadTask } from "./load-task.ts";

const port = parentPort;
if (port === null) throw new Error("thread.ts runs in a worker thread only; start it through startThread.");

await runWorker(workerData, {
  post: (message) => port.postMessage(message),
  onMessage: (listener) => port.on("message", listener),
  loadTask,
});
// Whatever an environment left running must not keep the thread alive.
process.exit();
