// Who asks, and what they may do. A route says in its `config` which role it takes.
import type { FastifyInstance, FastifyRequest } from "fastify";
import { ApiError } from "./errors.ts";

/** From least to most: who may do something may also do all that stands before it. */
export const ROLES = ["viewer", "annotator", "owner"] as const;
export type Role = (typeof ROLES)[number];

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

/** Of a server that only this machine reaches: whoever asks sits at it. */
export const THIS_MACHINE: Access = {
  identify: async () => ({ name: "person", role: "owner" }),
};

declare module "fastify" {
  interface FastifyContextConfig {
    /** The least role that the route takes; `viewer` where it is left out. */
    role?: Role;
  }
  interface FastifyRequest {
    /** Who asks; null outside the API. */
    person: Person | null;
  }
}

/** Refuses requests to the API by people who are unknown, or whose role is not enough. */
export function guard(app: FastifyInstance, access: Access): void {
  app.decorateRequest("person", null);
  app.addHook("onRequest", async (request) => {
    const { url, config } = request.routeOptions;
    if (url?.startsWith("/api/") !== true) return;
    const person = await access.identify(request);
    if (person === null) {
      throw new ApiError(401, "Nobody is let in here without an invitation.", {
        hint: "Open the link that you were given, or ask the owner for one.",
      });
    }
    const needed = config.role ?? "viewer";
    if (ROLES.indexOf(person.role) < ROLES.indexOf(needed)) {
      throw new ApiError(403, `You may not do this: it takes the role ${needed}, and yours is ${person.role}.`, {
        hint: "Ask the owner for an invitation with that role.",
      });
    }
    request.person = person;
  });
}
