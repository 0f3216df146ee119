// Threads as training wants them, from Node's.
import { Worker } from "node:worker_threads";
import type { StartThread } from "../training/training.ts";

// The source runs as it is while developing and as compiled JavaScript when installed; the entry has the same ending.
const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
const entry = new URL(`./thread.${extension}`, import.meta.url);

/** Starts a thread of this process that runs the training worker. */
export const startThread: StartThread = (startup) => {
  const worker = new Worker(entry, { workerData: startup });
  let terminated = false;
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (listener) => worker.on("message", listener),
    onError: (listener) => {
      worker.on("error", listener);
      worker.on("exit", (code) => {
        if (!terminated && code !== 0) listener(new Error(`A worker thread ended by itself with code ${code}.`));
      });
    },
    terminate: () => {
      terminated = true;
      // Resolves when the thread is gone; nobody needs to know.
      void worker.terminate();
    },
  };
};
