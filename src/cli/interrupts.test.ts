import { afterEach, expect, it, vi } from "vitest";
import { watchInterrupts, type Interrupts } from "./interrupts.ts";

let interrupts: Interrupts | undefined;

afterEach(() => interrupts?.release());

it("asks at the first interrupt and exits at the second", async () => {
  const asked = vi.fn<() => void>();
  const exit = vi.fn<(code: number) => void>();
  interrupts = watchInterrupts(asked, exit);
  expect(interrupts.signal.aborted).toBe(false);
  process.emit("SIGINT");
  await interrupts.first;
  expect(interrupts.signal.aborted).toBe(true);
  expect(asked).toHaveBeenCalledOnce();
  expect(exit).not.toHaveBeenCalled();
  process.emit("SIGTERM");
  expect(asked).toHaveBeenCalledOnce();
  expect(exit).toHaveBeenCalledExactlyOnceWith(1);
});

it("leaves the signals to others once it is released", () => {
  const before = process.listenerCount("SIGINT");
  interrupts = watchInterrupts(() => {});
  expect(process.listenerCount("SIGINT")).toBe(before + 1);
  interrupts.release();
  expect(process.listenerCount("SIGINT")).toBe(before);
});
