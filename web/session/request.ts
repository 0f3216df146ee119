// One request to the server, and the two ways in which it can fail.

/** The server understood and said no. Asking again will not help. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  /** What to do about it, in a sentence, where the server knows. */
  readonly hint: string | null;
  /** Which part of the request is wrong, by its name, where it is one. */
  readonly field: string | null;

  constructor(status: number, message: string, { hint, field }: { hint?: string; field?: string } = {}) {
    super(message);
    this.status = status;
    this.hint = hint ?? null;
    this.field = field ?? null;
  }
}

/** No answer, or one that may be better the next time. */
export class Unreachable extends Error {
  override readonly name = "Unreachable";
}

const PATIENCE_MILLISECONDS = 15_000;

/** Sends a request and gives back the body of the answer. Throws `Refusal` or `Unreachable`. */
export async function request<Body>(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<Body> {
  const init: RequestInit = { method, signal: AbortSignal.timeout(PATIENCE_MILLISECONDS), cache: "no-store" };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { "content-type": "application/json" };
  }
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(`/api${path}`, init);
    answer = await response.json();
  } catch (error) {
    throw new Unreachable("The server gave no answer.", { cause: error });
  }
  // The server validates what it sends by the same schemas that these types come from.
  if (response.ok) return answer as Body;
  const mayPass = response.status >= 500 || response.status === 408 || response.status === 429;
  if (mayPass) throw new Unreachable(`The server answered ${response.status}.`);
  const { message = `The server answered ${response.status}.`, ...more } = explained(answer);
  throw new Refusal(response.status, message, more);
}

/** What stands in `{ error: { message, hint, field } }`, as far as it is there. */
function explained(answer: unknown): { message?: string; hint?: string; field?: string } {
  if (typeof answer !== "object" || answer === null || !("error" in answer)) return {};
  const { error } = answer;
  if (typeof error !== "object" || error === null) return {};
  const texts = Object.entries(error).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(texts.filter(([name]) => name === "message" || name === "hint" || name === "field"));
}
