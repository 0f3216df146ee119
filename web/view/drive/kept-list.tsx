// What was kept on this page, each with a way to take it back.
import { useState } from "preact/hooks";
import { session } from "../page.ts";
import { kept, takeBack, type Kept } from "./purposes.ts";

export function KeptList() {
  const run = session.run.value?.id;
  const [trouble, setTrouble] = useState("");
  const entries = kept.value.filter((entry) => entry.run === run);
  if (entries.length === 0) return null;
  const back = (entry: Kept): void => {
    setTrouble("");
    takeBack(entry).catch((error: unknown) => {
      setTrouble(`Not taken back: ${error instanceof Error ? error.message : String(error)}`);
    });
  };
  return (
    <section aria-labelledby="kept">
      <h2 id="kept">Kept</h2>
      <ul class="drive-kept">
        {entries.map((entry) => (
          <li key={entry.id} class="row">
            {entry.seconds.toFixed(1)} s, {entry.judgements} {entry.judgements === 1 ? "stretch" : "stretches"}
            <button type="button" class="quiet" onClick={() => back(entry)}>
              Take back
            </button>
          </li>
        ))}
      </ul>
      {trouble !== "" && <p class="drive-trouble">{trouble}</p>}
    </section>
  );
}
