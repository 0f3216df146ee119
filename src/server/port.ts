import { createServer } from "node:net";

/** The one address that the server listens on: nothing but this machine reaches it. */
export const LOOPBACK = "127.0.0.1";

/** Ports tried in search of a free one. */
const TRIED = 100;

export class PortBusyError extends Error {
  override readonly name = "PortBusyError";
  readonly port: number;
  /** The next port that is free, or null where none of the next hundred is. */
  readonly next: number | null;

  constructor(port: number, next: number | null, options?: ErrorOptions) {
    const advice = next === null ? "Choose another one." : `Port ${next} is free.`;
    super(`Port ${port} of ${LOOPBACK} is in use by another program. ${advice}`, options);
    this.port = port;
    this.next = next;
  }
}

/** The first free port above `port`, or null where the next hundred are all taken. */
export async function nextFreePort(port: number): Promise<number | null> {
  for (let candidate = port + 1; candidate <= Math.min(port + TRIED, 65_535); candidate++) {
    if (await isFree(candidate)) return candidate;
  }
  return null;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, LOOPBACK, () => probe.close(() => resolve(true)));
  });
}
