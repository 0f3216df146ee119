// What people who do not see the page hear: one polite region for all that changes.
import { computed, effect, signal } from "@preact/signals";
import { notice, saying } from "../page.ts";

const heard = signal("");

/** Says this sentence to screen readers once they have a moment. */
export function announce(sentence: string): void {
  heard.value = sentence;
}

// The sentence alone: what it is made of changes more often than it does.
const sentence = computed(() => saying.value.text);
effect(() => announce(sentence.value));
effect(() => {
  if (notice.value !== "") announce(notice.value);
});

export function Announcer() {
  return (
    <p role="status" class="unseen">
      {heard.value}
    </p>
  );
}
