#!/usr/bin/env node
// Where the command begins. Node's version is looked at before anything is loaded that an older one could not read.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `heed needs Node 22.18 or newer, and this is Node ${process.versions.node}. Install a newer one from https://nodejs.org.\n`,
  );
  process.exit(1);
}

// Whoever reads the output may have enough of it, as `heed runs | head -1` does.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const { runCommand } = await import("./program.ts");
process.exit(await runCommand(process.argv.slice(2)));
