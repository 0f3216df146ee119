// Every way to answer: what one does, and what that says to the reward model.
import { GUIDE } from "../../../../src/feedback/guide.ts";
import { KINDS } from "../../../../src/feedback/judgement.ts";
import { choose, chosen } from "../choosing.ts";
import "./guide.css";

export function Guide({ close }: { readonly close: () => void }) {
  return (
    <>
      <h2 id="dialog">Ways to answer</h2>
      <p class="hint">Mix them as you like: everything that you say teaches the same reward model.</p>
      <ul class="guide">
        {KINDS.map((kind) => (
          <li key={kind}>
            <h3>{GUIDE[kind].name}</h3>
            <p>{GUIDE[kind].doing}</p>
            <p class="hint">{GUIDE[kind].saying}</p>
            <button
              type="button"
              aria-pressed={kind === chosen.value}
              onClick={() => {
                choose(kind);
                close();
              }}
            >
              {kind === chosen.value ? "Chosen" : "Choose"} <span class="unseen">{GUIDE[kind].name}</span>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="primary" onClick={close}>
        Close
      </button>
    </>
  );
}
