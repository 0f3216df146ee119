// Where an invitation leads, and what those see who have none.
import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { MeView } from "../../../src/server/people-api.ts";
import type { ShutOut } from "../../session/me.ts";
import { Refusal, request } from "../../session/request.ts";
import "./people.css";

const reason = signal<ShutOut | null>(null);

/** Comes in with the token behind the #, and goes on to the page. */
export function Join() {
  useEffect(() => void comeIn(), []);
  return reason.value === null ? <p class="people-door hint">Coming in …</p> : <Door reason={reason.value} />;
}

/** Says why nobody is let in. */
export function Door({ reason }: { readonly reason: ShutOut }) {
  return (
    <main class="people-door" aria-labelledby="door">
      <h1 id="door">Teach an agent with heed</h1>
      <p role="alert">{reason.message}</p>
      {reason.hint !== null && <p class="hint">{reason.hint}</p>}
    </main>
  );
}

async function comeIn(): Promise<void> {
  const token = new URLSearchParams(location.hash.slice(1)).get("token") ?? "";
  // Nobody who looks at the browser's history later is to find it.
  history.replaceState(null, "", "/join");
  try {
    await request<MeView>("POST", "/join", { token });
    location.replace("/");
  } catch (error) {
    reason.value =
      error instanceof Refusal
        ? { message: error.message, hint: error.hint }
        : { message: "The server cannot be reached now.", hint: "Open the link again in a moment." };
  }
}
