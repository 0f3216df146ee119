/**
 * `work`, never twice at a time: calls while it runs make it run once more when it is done, so that it always runs
 * after the last call. `onError` gets what it throws.
 */
export function coalesced(work: () => Promise<void>, onError: (error: Error) => void): () => void {
  let running = false;
  let again = false;
  const run = async (): Promise<void> => {
    running = true;
    do {
      again = false;
      try {
        await work();
      } catch (error) {
        onError(error instanceof Error ? error : new Error(String(error)));
      }
    } while (again);
    running = false;
  };
  return () => {
    if (running) again = true;
    else void run();
  };
}
