// How one wants to answer, and what each way means.
import { lazyDialog } from "../shell/lazy-dialog.tsx";
import { GUIDE } from "../../../src/feedback/guide.ts";
import { KINDS } from "../../../src/feedback/judgement.ts";
import { choose, chosen } from "./choosing.ts";

const Guide = lazyDialog(async () => (await import("./guide/index.tsx")).Guide);

export function Chooser() {
  return (
    <div class="chooser">
      <label>
        <span>Answer by</span>{" "}
        <select
          value={chosen.value}
          onChange={(event) => {
            const kind = KINDS.find((known) => known === event.currentTarget.value);
            if (kind !== undefined) choose(kind);
            // The keys that answer would otherwise choose another kind.
            event.currentTarget.blur();
          }}
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {GUIDE[kind].name}
            </option>
          ))}
        </select>
      </label>
      <Guide label="Guide" />
    </div>
  );
}
