// Ctrl-C: the first one asks to stop with everything kept, the second one stops at once.

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

export interface Interrupts {
  readonly signal: AbortSignal;
  /** Resolves at the first interrupt. */
  readonly first: Promise<void>;
  /** Gives the signals back to Node. */
  release(): void;
}

/**
 * @param asked told at the first interrupt
 * @param exit called with 1 at the second
 */
export function watchInterrupts(
  asked: () => void,
  exit: (code: number) => void = (code) => process.exit(code),
): Interrupts {
  const controller = new AbortController();
  const first = Promise.withResolvers<void>();
  const listener = (): void => {
    if (controller.signal.aborted) {
      exit(1);
      return;
    }
    asked();
    controller.abort();
    first.resolve();
  };
  for (const name of SIGNALS) process.on(name, listener);
  return {
    signal: controller.signal,
    first: first.promise,
    release: () => {
      for (const name of SIGNALS) process.off(name, listener);
    },
  };
}
