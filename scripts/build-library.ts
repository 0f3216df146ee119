// Compiles src/ to lib/, the JavaScript and declarations that the published package ships.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";

const root = new URL("..", import.meta.url);
rmSync(new URL("lib/", root), { recursive: true, force: true });
const compiler = new URL("node_modules/typescript/bin/tsc", root);
const result = spawnSync(process.execPath, [compiler.pathname, "-p", "tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
process.exit(result.status ?? 1);
