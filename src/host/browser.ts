// Opens the page where somebody is there to see it.

/** Whether a person sits at a terminal of a machine with a screen. */
export function hasScreen(
  terminal: boolean = process.stdout.isTTY === true,
  platform: string = process.platform,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  if (!terminal || (environment["CI"] ?? "") !== "") return false;
  if (platform === "darwin" || platform === "win32") return true;
  return (environment["DISPLAY"] ?? "") !== "" || (environment["WAYLAND_DISPLAY"] ?? "") !== "";
}

/** Opens the address in the default browser. Resolves with false where there is none. */
export async function openBrowser(address: string): Promise<boolean> {
  try {
    const { default: open } = await import("open");
    const child = await open(address);
    // A browser that cannot be started says so later, and must not end the run.
    child.on("error", () => {});
    return true;
  } catch {
    return false;
  }
}
