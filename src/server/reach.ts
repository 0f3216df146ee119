// Under which addresses the server is reached: those of this machine alone, or a network's too.
import { hostname, networkInterfaces } from "node:os";
import { LOOPBACK } from "./port.ts";

/** How other machines reach the server. Given, nobody is let in without an invitation. */
export interface Reach {
  /** The address or name to listen on; `0.0.0.0` or `::` for all that the machine has. */
  readonly host: string;
  /** Where a proxy in front of it is reached, such as `https://teach.example.org`. */
  readonly origin?: string | undefined;
}

const LOOPBACK_NAMES = [LOOPBACK, "localhost", "[::1]"];

/** Every `Host` header that the server answers to, with the one origin whose pages may use it under that name. */
export function ownOrigins(reach: Reach | null, port: number): ReadonlyMap<string, string> {
  const names = reach === null ? LOOPBACK_NAMES : [...LOOPBACK_NAMES, ...namesOf(reach.host)];
  const origins = new Map<string, string>();
  for (const name of names) {
    // Browsers leave the standard port out.
    const hosts = port === 80 ? [name, `${name}:80`] : [`${name}:${port}`];
    for (const host of hosts) origins.set(host.toLowerCase(), `http://${host.toLowerCase()}`);
  }
  if (reach?.origin !== undefined) origins.set(new URL(reach.origin).host, new URL(reach.origin).origin);
  return origins;
}

/** Where people find the page, to be written into links: `http://192.168.1.5:4733`. */
export function publicAddress(reach: Reach | null, port: number): string {
  if (reach?.origin !== undefined) return new URL(reach.origin).origin;
  const [name] = reach === null ? [LOOPBACK] : namesOf(reach.host);
  return `http://${name}:${port}`;
}

/** What a URL calls an address that is listened on; the likeliest to be reached first. */
function namesOf(host: string): readonly string[] {
  if (host !== "0.0.0.0" && host !== "::") return [host.includes(":") ? `[${host}]` : host];
  const addresses = Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .filter(({ internal, family }) => !internal && (family === "IPv4" || host === "::"))
    // Link-local IPv6 addresses have a zone, which URLs cannot hold.
    .filter(({ address, family }) => family === "IPv4" || !address.startsWith("fe80"))
    .sort((a, b) => a.family.localeCompare(b.family))
    .map(({ address, family }) => (family === "IPv4" ? address : `[${address}]`));
  const name = hostname().toLowerCase();
  return [...addresses, name, ...(name.includes(".") ? [] : [`${name}.local`])];
}
