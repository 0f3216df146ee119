// Who asks, and what they may do. A route says in its `config` which role it takes.
import type { FastifyInstance, FastifyRequest } from "fastify";
import { ROLES, type Role } from "../store/roles.ts";
import { ApiError } from "./errors.ts";
import type { Limits } from "./limits.ts";

export interface Person {
  /** Kept with their answers. */
  readonly name: string;
  readonly role: Role;
}

/** Says who asks. */
export interface Access {
  /** Null for somebody unknown, who gets the page's files and nothing of the API. */
  identify(request: FastifyRequest): Promise<Person | null>;
}

/** Who answers where nobody says who they are. */
export const ANYBODY = "person";

/** Of a server that only this machine reaches: whoever asks sits at it. */
export const THIS_MACHINE: Access = {
  identify: async () => ({ name: ANYBODY, role: "owner" }),
};

declare module "fastify" {
  interface FastifyContextConfig {
    /**
     * The least role that the route takes, or `anybody` where it asks for none. Left out, it is `viewer` for what only
     * reads and `owner` for all else.
     */
    role?: Role | "anybody";
  }
  interface FastifyRequest {
    /** Who asks; null outside the API. */
    person: Person | null;
  }
}

/**
 * Refuses requests to the API by people who are unknown, or whose role is not enough. `limits` are those of a server
 * that other machines reach.
 */
export function guard(app: FastifyInstance, access: Access, limits: Limits | null): void {
  app.decorateRequest("person", null);
  app.addHook("onRequest", async (request, reply) => {
    const { url, config } = request.routeOptions;
    if (url?.startsWith("/api/") !== true) return limits?.files(request, reply);
    const needed = config.role ?? (request.method === "GET" || request.method === "HEAD" ? "viewer" : "owner");
    if (needed === "anybody") return limits?.invitations(request, reply);
    let person: Person | null;
    try {
      person = await access.identify(request);
      if (person === null) {
        throw new ApiError(401, "Nobody is let in here without an invitation.", {
          hint: "Open the link that you were given, or ask the owner for one.",
        });
      }
    } catch (error) {
      await limits?.strangers(request, reply);
      throw error;
    }
    request.person = person;
    await limits?.person(request, reply);
    if (ROLES.indexOf(person.role) < ROLES.indexOf(needed)) {
      throw new ApiError(403, `You may not do this: it takes the role ${needed}, and yours is ${person.role}.`, {
        hint: "Ask the owner for an invitation with that role.",
      });
    }
  });
}

/** Who asks, in a route of the API. */
export function personOf(request: FastifyRequest): Person {
  const { person } = request;
  // `guard` lets nobody else through to a route that asks for a role.
  if (person === null) throw new Error(`${request.url} was reached by nobody.`);
  return person;
}

/**
 * Under whose name an answer is kept. Whoever came in by invitation answers as themselves; on a server of this machine
 * alone a person may say who they are.
 */
export function annotatorOf(request: FastifyRequest, access: Access, given: string | undefined): string {
  const { name } = personOf(request);
  if (access === THIS_MACHINE) return given ?? name;
  if (given !== undefined && given !== name) {
    throw new ApiError(403, `This is an answer by ${given}, and you came in as ${name}.`, {
      hint: "Answers are kept under the name that the invitation was for.",
    });
  }
  return name;
}
