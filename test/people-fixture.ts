// People who come in by invitation, as programs would.
import type { Role } from "../src/store/roles.ts";
import type { Answered, Serving } from "./server-fixture.ts";

/** One person with their cookie. */
export interface Visitor {
  readonly name: string;
  readonly cookie: string;
  ask(method: string, path: string, body?: unknown): Promise<Answered>;
}

/** Somebody who holds this cookie, whether it lets them in or not. */
export function visitor(serving: Serving, name: string, cookie: string): Visitor {
  return {
    name,
    cookie,
    ask: (method, path, body) =>
      serving.ask(method, path, {
        headers: cookie === "" ? {} : { cookie },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  };
}

/** The pair of name and value in the header that sets the cookie. */
export function cookieOf({ headers }: Answered): string {
  return (headers["set-cookie"]?.[0] ?? "").split(";")[0];
}

/** Invites somebody and opens their link. */
export async function come(serving: Serving, name: string, role: Role): Promise<Visitor> {
  const { token } = await serving.store.invite({ name, role, expires: null });
  const joined = await serving.ask("POST", "/api/join", { body: JSON.stringify({ token }) });
  if (joined.status !== 200) throw new Error(joined.text);
  return visitor(serving, name, cookieOf(joined));
}
