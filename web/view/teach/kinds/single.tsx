// One clip, as large as a pair.
import type { ComponentChildren } from "preact";
import { ClipCanvas } from "../../clip-canvas.tsx";
import { pairPlayback } from "../../page.ts";
import { question, shown } from "../answering.ts";
import type { swipes } from "../swipe.ts";

interface Props {
  readonly swipe?: ReturnType<typeof swipes>;
  /** Stands over the clip. */
  readonly children?: ComponentChildren;
}

export function SingleClip({ swipe, children }: Props) {
  return (
    <div class="single board" data-empty={question.value === undefined} data-shown={shown.value?.query} {...swipe}>
      <div class="clip">
        <ClipCanvas playback={pairPlayback} index={0} />
        {children}
      </div>
    </div>
  );
}
