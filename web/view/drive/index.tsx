// Driving the robot oneself: to show what is wanted, or to take over a clip where it goes wrong and show better.
import { useEffect, useMemo, useState } from "preact/hooks";
import { startPhysics } from "../../drive/remote.ts";
import { DriveSession, type Purpose } from "../../drive/session.ts";
import { ClipCanvas } from "../clip-canvas.tsx";
import { sheetOpen, useActions } from "../keys/dispatch.ts";
import { session } from "../page.ts";
import { announce } from "../shell/announcer.tsx";
import { Commands } from "./commands.tsx";
import { driveActions, listenToPushes } from "./keyboard.ts";
import { KeptList } from "./kept-list.tsx";
import { correctionOf, demonstrationOf, type Correction } from "./purposes.ts";
import { Sheet } from "./sheet.tsx";
import { Timeline } from "./timeline.tsx";
import "./drive.css";

interface Props {
  /** The clip to take over, and where; left out for a demonstration. */
  readonly correction?: Correction;
  /** Called when the person is done. Left out, there is no button for it. */
  readonly onClose?: () => void;
}

/** A demonstration, or with `correction` a clip that is taken over. */
export function Drive({ correction, onClose }: Props) {
  const run = session.run.value;
  const [drive, setDrive] = useState<DriveSession | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const scene = run?.scene ?? null;
  const id = run?.id;
  const { segment, at } = correction ?? {};
  useEffect(() => {
    if (run === null || scene === null) return undefined;
    let opened: DriveSession | null = null;
    let closed = false;
    const open = async (purpose: Purpose): Promise<void> => {
      if (closed) return;
      opened = new DriveSession(startPhysics(), purpose);
      setDrive(opened);
      await opened.open();
    };
    const purpose = correction === undefined ? demonstrationOf(run, scene) : correctionOf(run, scene, correction);
    purpose.then(open).catch((error: unknown) => setTrouble(error instanceof Error ? error.message : String(error)));
    return () => {
      closed = true;
      opened?.close();
      setDrive(null);
      setTrouble(null);
    };
    // A run is told anew whenever it changes; what is driven depends on these alone.
  }, [id, scene, segment, at]);

  return (
    <section class="drive" aria-labelledby="driving">
      <div class="row">
        <h1 id="driving">{correction === undefined ? "Show what you want" : "Take over and show better"}</h1>
        <span class="gap" />
        {onClose !== undefined && (
          <button type="button" class="quiet" onClick={onClose}>
            Back to the questions
          </button>
        )}
      </div>
      {trouble !== null && <p class="drive-trouble">{trouble}</p>}
      {drive !== null && <Driving drive={drive} isCorrection={correction !== undefined} />}
      <KeptList />
    </section>
  );
}

function Driving({ drive, isCorrection }: { readonly drive: DriveSession; readonly isCorrection: boolean }) {
  useActions(useMemo(() => driveActions(drive, isCorrection), [drive, isCorrection]));
  useEffect(() => listenToPushes(drive), [drive]);
  const sheet = sheetOpen.value;
  useEffect(() => {
    if (sheet) drive.letGo();
  }, [drive, sheet]);
  useEffect(() => {
    let frame = requestAnimationFrame(function tick(now) {
      drive.tick(now, navigator.getGamepads());
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [drive]);
  const notice = drive.notice.value;
  useEffect(() => {
    if (notice !== "") announce(notice);
  }, [notice]);
  const phase = drive.phase.value;
  return (
    <div class="drive-world" data-phase={phase}>
      <div class="clip">
        <ClipCanvas playback={drive.picture} index={0} />
      </div>
      <Timeline drive={drive} />
      <Commands drive={drive} isCorrection={isCorrection} />
      <p class="drive-notice" data-tone={phase === "failed" ? "trouble" : "calm"}>
        {notice !== "" ? notice : hint(phase, isCorrection)}
      </p>
      <Sheet drive={drive} />
    </div>
  );
}

function hint(phase: DriveSession["phase"]["value"], isCorrection: boolean): string {
  if (phase === "loading") return "The physics is being loaded: about ten megabytes, the first time.";
  if (phase === "sending") return "On its way to the server.";
  if (phase === "paused" && isCorrection) return "This is where you take over. Go, and drive on.";
  if (phase === "paused") return "Go lets the world go; Record does that too, and keeps what follows.";
  return "";
}
