// Lets in who holds a token: in the cookie that opening an invitation sets, or as a bearer token of a program.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Member, TokenFault } from "../store/people.ts";
import type { Store } from "../store/store.ts";
import type { Access, Person } from "./access.ts";
import { ApiError } from "./errors.ts";

/** Browsers keep no cookie for longer: 400 days, in seconds. */
const LONGEST = 400 * 86_400;

const FAULTS: Readonly<Record<TokenFault, string>> = {
  unknown: "This invitation or token is none of this server's.",
  used: "This invitation has been used: somebody came in with it before.",
  expired: "This invitation has expired.",
  revoked: "The owner has ended this invitation.",
};

/** Why a token lets nobody in, as the API says it. */
export function tokenError(fault: TokenFault): ApiError {
  return new ApiError(401, FAULTS[fault], { hint: "Ask the owner for a new link." });
}

export interface TokenAccessOptions {
  readonly store: Pick<Store, "memberOf" | "join">;
  /** Cookies do not tell the ports of a machine apart, so their name has to. */
  readonly port: () => number;
  /** Whether browsers reach the server by HTTPS alone. */
  readonly secure: boolean;
}

/** Milliseconds for which a token that let somebody in is not looked up again. */
const RECENT = 1_000;
/** Tokens that are remembered so. */
const MOST_RECENT = 1_000;

export class TokenAccess implements Access {
  readonly #options: TokenAccessOptions;
  readonly #recent = new Map<string, { readonly person: Person; readonly until: number }>();

  constructor(options: TokenAccessOptions) {
    this.#options = options;
  }

  /** Throws an ApiError where there is a token and it lets nobody in. */
  async identify(request: FastifyRequest): Promise<Person | null> {
    const token = bearer(request.headers.authorization) ?? request.cookies[this.#cookie];
    if (token === undefined) return null;
    const now = performance.now();
    const recent = this.#recent.get(token);
    if (recent !== undefined && recent.until > now) return recent.person;
    const result = await this.#options.store.memberOf(token);
    if (result.outcome !== "known") throw tokenError(result.outcome);
    const person = { name: result.member.name, role: result.member.role };
    if (this.#recent.size >= MOST_RECENT) this.#recent.clear();
    this.#recent.set(token, { person, until: now + RECENT });
    return person;
  }

  /** Exchanges an invitation for the cookie. Throws an ApiError that says why it lets nobody in. */
  async join(invitation: string, reply: FastifyReply): Promise<Person> {
    const result = await this.#options.store.join(invitation);
    if (result.outcome !== "joined") throw tokenError(result.outcome);
    const { member, token } = result;
    reply.setCookie(this.#cookie, token, {
      path: "/",
      httpOnly: true,
      sameSite: "strict",
      secure: this.#options.secure,
      maxAge: secondsLeft(member),
    });
    return { name: member.name, role: member.role };
  }

  /** Somebody is let in no longer: everybody's token is looked up again. */
  revoked(): void {
    this.#recent.clear();
  }

  get #cookie(): string {
    return `heed-${this.#options.port()}`;
  }
}

function bearer(header: string | undefined): string | undefined {
  return /^Bearer +(\S+)$/i.exec(header ?? "")?.[1];
}

function secondsLeft({ expires }: Member): number {
  if (expires === null) return LONGEST;
  return Math.min(LONGEST, Math.max(1, Math.ceil((expires.getTime() - Date.now()) / 1_000)));
}
