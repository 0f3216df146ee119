// The API's description, put together from the schemas that the routes validate with.
import type { FastifyInstance, RouteOptions } from "fastify";
import { ErrorView } from "./api.ts";

declare module "fastify" {
  interface FastifySchema {
    /** One line that says what the route is for. */
    summary?: string;
    description?: string;
  }
}

/** Describes the routes under /api that are added from now on. Returns what gives the document, OpenAPI 3.1. */
export function describeApi(app: FastifyInstance, version: string): () => unknown {
  const paths: Record<string, Record<string, unknown>> = {};
  app.addHook("onRoute", (route) => {
    if (!route.url.startsWith("/api/")) return;
    const path = route.url.replace(/:(\w+)/g, "{$1}");
    for (const method of [route.method].flat()) {
      if (method !== "HEAD") (paths[path] ??= {})[method.toLowerCase()] = operation(route);
    }
  });
  return () => ({
    openapi: "3.1.0",
    info: { title: "heed", version, description: "Runs: what they ask, what people answer, and how they go." },
    paths,
  });
}

function operation({ schema }: RouteOptions): unknown {
  const responses = Object.entries((schema?.response ?? {}) as Record<string, unknown>).map(([status, content]) => [
    status,
    { description: status.startsWith("2") ? "done" : "not done", ...json(content) },
  ]);
  return {
    summary: schema?.summary,
    ...(schema?.description !== undefined && { description: schema.description }),
    parameters: [...parameters("path", schema?.params), ...parameters("query", schema?.querystring)],
    ...(schema?.body !== undefined && { requestBody: { required: true, ...json(schema.body) } }),
    responses: { ...Object.fromEntries(responses), default: { description: "not done", ...json(ErrorView) } },
  };
}

function json(schema: unknown): { content: unknown } {
  return { content: { "application/json": { schema } } };
}

function parameters(place: "path" | "query", schema: unknown): unknown[] {
  // Routes give objects made by typebox; Fastify types them as unknown.
  const { properties = {}, required = [] } = (schema ?? {}) as {
    properties?: Record<string, unknown>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: property,
  }));
}
