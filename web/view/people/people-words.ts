// What the figures about people mean, in words.
import type { MemberView } from "../../../src/server/people-api.ts";

/** Krippendorff (2004) asks for 0.8, and lets 0.667 pass for tentative conclusions. */
const GOOD = 0.8;
const FAIR = 0.667;

/** What an alpha over so many answers says, in a sentence. */
export function agreementText(alpha: number | null, paired: number): string {
  if (alpha === null) {
    return paired === 0
      ? "Nobody has answered the same as somebody else yet, so there is nothing to compare."
      : "All shared answers are the same one, so agreement cannot be told from chance.";
  }
  if (alpha >= GOOD) return "People agree well: the answers can be relied upon.";
  if (alpha >= FAIR) return "People agree fairly well. A clearer question to them may help.";
  if (alpha > 0) return "People agree little more than chance would have it. Talk about what the task means.";
  return "People agree no more than chance would have it. Somebody may answer the wrong way round.";
}

export function alphaText(alpha: number | null): string {
  return alpha === null ? "–" : alpha.toFixed(2).replace("-", "−");
}

export function shareText(share: number | null): string {
  return share === null ? "–" : `${Math.round(100 * share)} %`;
}

export function paceText(answersPerMinute: number | null): string {
  return answersPerMinute === null ? "–" : answersPerMinute.toFixed(answersPerMinute < 10 ? 1 : 0);
}

/** Whether this person is let in, as of `now` in milliseconds since 1970. */
export function accessText({ joined, expires, revoked }: MemberView, now: number): string {
  if (revoked !== null) return "access ended";
  if (expires !== null && Date.parse(expires) <= now) return "expired";
  const until = expires === null ? "" : ` until ${new Date(expires).toLocaleDateString("en", { dateStyle: "medium" })}`;
  return `${joined === null ? "link not opened yet" : "let in"}${until}`;
}
