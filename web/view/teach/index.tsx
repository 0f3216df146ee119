// Where people answer; or, where no answers are taken, where they watch.
import { notice, saying, watching } from "../page.ts";
import { Watch } from "../watch/index.tsx";
import { Compare } from "./compare.tsx";
import { Figures } from "./figures.tsx";
import "./teach.css";

export function Teach() {
  if (watching.value === true) {
    return (
      <>
        <Watch />
        <Saying />
      </>
    );
  }
  return (
    <div class="teach">
      <main>
        <Compare />
        <Saying />
      </main>
      <Figures />
    </div>
  );
}

/** What the run waits for, and what happened last. */
function Saying() {
  const { tone, text } = saying.value;
  return (
    <div class="saying" data-tone={tone}>
      <p class="situation">{text}</p>
      <p class="notice">{notice.value}</p>
    </div>
  );
}
