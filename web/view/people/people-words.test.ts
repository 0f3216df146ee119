import { expect, it } from "vitest";
import { accessText, agreementText, alphaText, paceText, shareText } from "./people-words.ts";

it("says what an alpha means", () => {
  expect(agreementText(null, 0)).toContain("nothing to compare");
  expect(agreementText(null, 8)).toContain("the same one");
  expect(agreementText(0.9, 8)).toContain("agree well");
  expect(agreementText(0.7, 8)).toContain("fairly well");
  expect(agreementText(0.3, 8)).toContain("little more than chance");
  expect(agreementText(-0.3, 8)).toContain("no more than chance");
});

it("writes figures as people read them", () => {
  expect([alphaText(-0.256), alphaText(null), shareText(0.874), shareText(null)]).toEqual(["−0.26", "–", "87 %", "–"]);
  expect([paceText(12.3), paceText(3.14159), paceText(null)]).toEqual(["12", "3.1", "–"]);
});

it("says whether somebody is let in", () => {
  const member = {
    id: "a",
    name: "Ana",
    role: "annotator" as const,
    created: "2026-01-01T00:00:00.000Z",
    expires: null,
    joined: null,
    revoked: null,
  };
  const at = "2026-01-02T12:00:00.000Z";
  expect(accessText(member, 0)).toBe("link not opened yet");
  expect(accessText({ ...member, joined: at }, 0)).toBe("let in");
  expect(accessText({ ...member, joined: at, revoked: at }, 0)).toBe("access ended");
  expect(accessText({ ...member, expires: at }, Date.parse(at))).toBe("expired");
  expect(accessText({ ...member, expires: at }, 0)).toContain("until Jan 2, 2026");
});
