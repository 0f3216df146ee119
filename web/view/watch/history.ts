// What is remembered of the agent along its run: the list of moments, and their clips once somebody looks at them.
import { effect, signal, untracked } from "@preact/signals";
import type { HistoryView, MomentView } from "../../../src/server/history-api.ts";
import { decodeClip, type PlayableClip } from "../../clips/clip.ts";
import { request } from "../../session/request.ts";
import { session } from "../page.ts";

export type Moment = HistoryView["moments"][number];

/** By steps: the untrained agent, then every tenth of the run. */
export const moments = signal<readonly Moment[]>([]);

const clips = new Map<string, PlayableClip>();
let run: string | null = null;
let watchers = 0;
let stop = (): void => {};

/** Keeps `moments` in line with the run for as long as the function that comes back has not been called. */
export function followHistory(): () => void {
  watchers += 1;
  if (watchers === 1) {
    stop = effect(() => {
      const id = session.run.value?.id ?? null;
      // Both say that there may be more than was known.
      void session.remembered.value;
      if (session.connected.value === true) untracked(() => void load(id));
    });
  }
  return () => {
    watchers -= 1;
    if (watchers === 0) stop();
  };
}

async function load(id: string | null): Promise<void> {
  if (id !== run) {
    run = id;
    moments.value = [];
    clips.clear();
  }
  if (id === null) return;
  try {
    const list = await request<HistoryView>("GET", `/runs/${encodeURIComponent(id)}/history`);
    if (run === id) moments.value = list.moments;
  } catch {
    // It is asked for again when the connection is back.
  }
}

/** The clip of a moment. Throws where the server does not give it. */
export async function momentClip({ steps }: Moment): Promise<PlayableClip> {
  const id = run;
  const scene = session.run.peek()?.scene;
  if (id === null || !scene) throw new Error("There is no run to look back at.");
  const key = `${id} ${steps}`;
  const known = clips.get(key);
  if (known !== undefined) return known;
  const moment = await request<MomentView>("GET", `/runs/${encodeURIComponent(id)}/history/${steps}`);
  const clip = decodeClip(moment.clip, scene);
  clips.set(key, clip);
  return clip;
}
