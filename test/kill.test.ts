import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { killAgainAndAgain } from "./killing.ts";

it("keeps every judgement exactly once through kill -9, and finishes", { timeout: 240_000 }, async () => {
  const data = mkdtempSync(join(tmpdir(), "heed-kill-"));
  try {
    const killed = await killAgainAndAgain({ data, kills: 3, labels: 40, steps: 60_000, life: 2_500, seed: 7 });
    expect(killed).toMatchObject({ kills: 3, lost: 0, doubled: 0, finished: true });
    expect(killed).toMatchObject({ judgements: 40, labels: 40 });
    expect(killed.acknowledged).toBeGreaterThan(0);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
