import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { comparison, newRun, temporaryDirectory } from "../../test/store-fixture.ts";
import { openStore } from "./open.ts";

const OPEN = new URL("open.ts", import.meta.url).href;

/** A process that opens the store and runs `code` with it; resolves when it has written its first line. */
async function otherProcess(directory: string, code: string) {
  const script = `
    const { openStore } = await import(${JSON.stringify(OPEN)});
    const store = await openStore(${JSON.stringify(directory)}, "0.1.0");
    ${code}
  `;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const output: string[] = [];
  child.stdout.setEncoding("utf8");
  child.stdout.on("data", (text) => output.push(text));
  await once(child.stdout, "data");
  return {
    processId: child.pid,
    /** All that it wrote until it died. */
    async kill(): Promise<string> {
      const closed = once(child, "close");
      child.kill("SIGKILL");
      await closed;
      return output.join("");
    },
  };
}

test("a run is held by one process until that one dies", async () => {
  using directory = temporaryDirectory();
  const store = await openStore(directory.path, "0.1.0");
  const { id } = await store.createRun(newRun());
  const other = await otherProcess(
    directory.path,
    `await store.claim("${id}");
     await store.announce("${id}", "http://127.0.0.1:4333");
     await store.updateStatus("${id}", { phase: "learning", steps: 3, labels: 0, waitingFor: null });
     console.log("held");
     setInterval(() => {}, 1000);`,
  );
  try {
    await expect(store.claim(id)).rejects.toMatchObject({
      code: "run-held",
      message: expect.stringMatching(new RegExp(`Process ${other.processId} .*http://127.0.0.1:4333`)),
    });
    const held = await store.findRun(id);
    expect(held.holder).toEqual({ processId: other.processId, address: "http://127.0.0.1:4333" });
    expect(held.status.phase).toBe("learning");
  } finally {
    await other.kill();
  }
  expect((await store.findRun(id)).holder).toBeNull();
  expect((await store.findRun(id)).status.phase).toBe("stopped");
  await store.claim(id);
  expect((await store.findRun(id)).holder).toEqual({ processId: process.pid, address: null });
  await store.close();
});

test("two stores of one process exclude each other too, until release or close", async () => {
  using directory = temporaryDirectory();
  const one = await openStore(directory.path, "0.1.0");
  const two = await openStore(directory.path, "0.1.0");
  const { id } = await one.createRun(newRun());
  await one.claim(id);
  await one.claim(id);
  await expect(two.claim(id)).rejects.toMatchObject({ code: "run-held" });
  await one.release(id);
  await two.claim(id);
  await expect(one.claim(id)).rejects.toMatchObject({ code: "run-held" });
  await two.close();
  await one.claim(id);
  await one.close();
});

test("every answer that was acknowledged before a kill is there, once", async () => {
  using directory = temporaryDirectory();
  const store = await openStore(directory.path, "0.1.0");
  const { id } = await store.createRun(newRun());
  const queries = 400;
  for (let query = 1; query <= queries; query++) await store.ask(id, comparison(query));
  await store.close();
  let acknowledged = 0;
  for (let round = 0; round < 3; round++) {
    const other = await otherProcess(
      directory.path,
      `await store.claim("${id}");
       for (const { query } of await store.openQueries("${id}", ${queries})) {
         const judgement = { id: "j" + query.id, query: query.id, answer: { kind: "comparison", choice: "left" }, annotator: "p", decisionMilliseconds: null };
         await store.judge("${id}", judgement);
         process.stdout.write(query.id + " ");
       }
       setInterval(() => {}, 1000);`,
    );
    const text = await other.kill();
    // The last number may have been cut off while it was written; only those with a space behind them were whole.
    const numbers = text.split(" ").slice(0, -1).map(Number);
    acknowledged = Math.max(acknowledged, ...numbers);
    const check = await openStore(directory.path, "0.1.0");
    const judged = (await check.resume(id)).start.judged.map((one) => one.query.id);
    await check.close();
    expect(judged).toEqual(Array.from({ length: judged.length }, (_, i) => i + 1));
    expect(judged.length).toBeGreaterThanOrEqual(acknowledged);
    // At most the one that was under way is there without an acknowledgement that reached us.
    expect(judged.length).toBeGreaterThan(0);
  }
});
