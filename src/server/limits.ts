// How many requests a person or an address may make in a minute, where others than this machine can make any.
import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ApiError } from "./errors.ts";

/** Requests a minute. */
export const LIMITS = {
  /** Of a person who was let in: more than fast answers need, with the pairs fetched and the curves looked at. */
  person: 6_000,
  /** Of an address, for the page's files. */
  files: 1_200,
  /** Of an address, with a token that lets nobody in, or without any. */
  strangers: 60,
  /** Of an address, with an invitation. */
  invitations: 30,
} as const;

const MINUTE = 60_000;

/** Counts the request, and throws an ApiError 429 where it is one too many. */
export type Limit = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

export type Limits = Readonly<Record<keyof typeof LIMITS, Limit>>;

export async function makeLimits(app: FastifyInstance): Promise<Limits> {
  await app.register(rateLimit, { global: false });
  const limit = (max: number, key?: (request: FastifyRequest) => string): Limit => {
    // Addresses are counted by the library's own key, which takes the neighbouring addresses of IPv6 as one.
    const count = app.createRateLimit({ max, timeWindow: MINUTE, ...(key === undefined ? {} : { keyGenerator: key }) });
    return async (request, reply) => {
      const result = await count(request);
      if (result.isAllowed || !result.isExceeded) return;
      reply.header("retry-after", String(result.ttlInSeconds));
      throw new ApiError(429, "These are too many requests.", {
        expected: `at most ${max.toLocaleString("en")} a minute`,
        hint: `Try again in ${result.ttlInSeconds} s.`,
      });
    };
  };
  return {
    person: limit(LIMITS.person, (request) => request.person?.name ?? ""),
    files: limit(LIMITS.files),
    strangers: limit(LIMITS.strangers),
    invitations: limit(LIMITS.invitations),
  };
}
