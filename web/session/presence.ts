// Keeps what a person looks at from being given to somebody else for as long as they look at it.
import { request } from "./request.ts";

/** Milliseconds between two signs that somebody is there; the server gives their queries away after a minute. */
const EVERY = 25_000;

/** Begins for as long as the page lives. `path` is the address of the leases now, or null where nothing is answered. */
export function showPresence(path: () => string | null): void {
  const renew = (): void => {
    const leases = path();
    if (leases === null || document.hidden) return;
    // Where it fails, the connection is gone, and the page says so by itself.
    request("POST", leases).catch(() => {});
  };
  setInterval(renew, EVERY);
  addEventListener("pagehide", () => {
    const leases = path();
    // Outlives the page.
    if (leases !== null) void fetch(`/api${leases}`, { method: "DELETE", keepalive: true }).catch(() => {});
  });
}
