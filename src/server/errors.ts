// Errors as people read them: what was wrong, what was expected, what to do.
import type { FastifyError, FastifyInstance, FastifySchemaValidationError } from "fastify";
import { StoreError } from "../store/errors.ts";
import type { ErrorView } from "./api.ts";

export class ApiError extends Error {
  readonly statusCode: number;
  readonly expected: string | undefined;
  readonly hint: string | undefined;
  /** What part of the request is wrong, by its name, where it is one. */
  readonly field: string | null;

  constructor(
    statusCode: number,
    message: string,
    more: { expected?: string; hint?: string; field?: string | null } = {},
  ) {
    super(message);
    this.statusCode = statusCode;
    this.expected = more.expected;
    this.hint = more.hint;
    this.field = more.field ?? null;
  }
}

/** Answers every error and every unknown address in the API's one shape. `report` gets what nobody foresaw. */
export function answerErrors(app: FastifyInstance, report: (error: Error) => void): void {
  app.setErrorHandler((error: FastifyError, _request, reply) => {
    const explained = explain(error);
    if (explained.statusCode >= 500) report(error);
    return reply.code(explained.statusCode).send(errorView(explained));
  });
  app.setNotFoundHandler((request, reply) => {
    const page = request.url === "/" || request.url === "/index.html";
    const error = page
      ? new ApiError(404, "The page has not been built.", { hint: 'Run "npm run build:web" and reload.' })
      : new ApiError(404, `There is no ${request.method} ${request.url.slice(0, 200)} here.`, {
          hint: "GET /api/openapi.json lists what there is.",
        });
    return reply.code(404).send(errorView(error));
  });
}

export function errorView({ message, expected, hint, field }: ApiError): ErrorView {
  return {
    error: {
      message,
      ...(expected !== undefined && { expected }),
      ...(hint !== undefined && { hint }),
      ...(field !== null && { field }),
    },
  };
}

function ofStore({ code, message }: StoreError): ApiError {
  switch (code) {
    case "unknown-run":
      return new ApiError(404, message, { hint: "GET /api/runs lists those that there are." });
    case "bad-name":
      return new ApiError(400, message, { field: "name" });
    case "run-held":
    case "no-checkpoint":
      return new ApiError(409, message);
    default:
      return new ApiError(503, message, { hint: "Nothing was lost; try again." });
  }
}

/**
 * What is wrong, in sentences. Of alternatives, those that are for something else are left out: their constant, such as
 * the kind of an answer, is not the body's. Where it has none of the constants, these are told.
 */
function problemsOf(all: readonly FastifySchemaValidationError[]): string[] {
  const alternative = ({ schemaPath }: FastifySchemaValidationError): string =>
    /^.*\/anyOf\/\d+/.exec(schemaPath)?.[0] ?? "";
  const constants = all.filter((problem) => problem.keyword === "const" && alternative(problem) !== "");
  const foreign = new Set(constants.map(alternative));
  const own = all.filter((problem) => !foreign.has(alternative(problem)) && problem.keyword !== "anyOf");
  if (own.length === 0 && constants.length > 0) {
    const values = constants.map(({ params }) => String(params["allowedValue"]));
    return [`${constants[0].instancePath} must be one of ${values.join(", ")}`];
  }
  return own.map(({ instancePath, message = "is wrong", params }) => {
    const values = "allowedValues" in params ? `: ${String(params["allowedValues"])}` : "";
    return `${instancePath || "it"} ${message}${values}`;
  });
}

export function explain(error: FastifyError | ApiError): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof StoreError) return ofStore(error);
  if (error.validation !== undefined) {
    const part = error.validationContext ?? "request";
    const problems = problemsOf(error.validation);
    return new ApiError(400, `The ${part} is not what this address takes.`, {
      expected: `${[...new Set(problems)].slice(0, 5).join("; ")}.`,
      hint: "GET /api/openapi.json describes it.",
    });
  }
  switch (error.code) {
    case "FST_ERR_CTP_BODY_TOO_LARGE":
      return new ApiError(413, "The body is too large.", { expected: "at most 64 KiB of JSON" });
    case "FST_ERR_CTP_INVALID_MEDIA_TYPE":
      return new ApiError(415, "The body is not JSON.", { expected: "content-type: application/json" });
    default:
  }
  const status = error.statusCode ?? 500;
  return status < 500
    ? new ApiError(status, `The request cannot be read: ${error.message}`)
    : new ApiError(500, "Something went wrong inside heed.", { hint: "The terminal that runs heed says more." });
}
