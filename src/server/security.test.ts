import { mkdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { RUN, serve, type Serving } from "../../test/server-fixture.ts";

let serving: Serving;
beforeAll(async () => {
  serving = await serve({ queries: 1 });
});
afterAll(() => serving[Symbol.asyncDispose]());

const post = (headers: Record<string, string>, id: string) =>
  serving.ask("POST", `${RUN}/judgements`, {
    headers,
    body: JSON.stringify({ id, query: 1, answer: { kind: "comparison", choice: "left" } }),
  });

test("only its own names are answered", async () => {
  const { port } = serving.server;
  for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`]) {
    expect((await serving.ask("GET", RUN, { headers: { host } })).status, host).toBe(200);
  }
  for (const host of [`evil.example:${port}`, "127.0.0.1", `127.0.0.1:${port + 1}`, `127.0.0.1:${port}.evil`]) {
    for (const path of ["/", RUN, `${RUN}/events`, "/nothing"]) {
      expect((await serving.ask("GET", path, { headers: { host } })).status, `${host} ${path}`).toBe(403);
    }
  }
});

test("pages of other origins are refused, and nothing happens", async () => {
  const { port } = serving.server;
  const origins = [
    "https://evil.example",
    "null",
    `http://127.0.0.1:${port + 1}`,
    `https://127.0.0.1:${port}`,
    `http://localhost:${port}`,
  ];
  for (const origin of origins) {
    expect((await post({ origin, host: `127.0.0.1:${port}` }, "evil")).status, origin).toBe(403);
  }
  expect(serving.live.heard).toEqual([]);
  expect((await post({ origin: `http://127.0.0.1:${port}` }, "own")).status).toBe(201);
});

test("every answer carries the headers that keep other pages out", async () => {
  const asked = [
    ["GET", "/"],
    ["GET", RUN],
    ["GET", "/nothing"],
    ["POST", `${RUN}/judgements`],
    ["GET", "/%zz"],
  ];
  for (const [method, path] of asked) {
    const { headers } = await serving.ask(method, path);
    const policy = headers["content-security-policy"];
    expect(policy, path).toContain("default-src 'self'");
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(policy, path).not.toContain("unsafe");
    expect(headers["x-content-type-options"], path).toBe("nosniff");
    expect(headers["referrer-policy"], path).toBe("no-referrer");
    expect(headers["access-control-allow-origin"], path).toBeUndefined();
  }
});

test("the script of the thread with the physics may write functions, and no other file may", async () => {
  const web = join(serving.directory, "web");
  mkdirSync(join(web, "physics"));
  for (const file of ["physics/worker-1.js", "physics/page.html", "physics.js"]) writeFileSync(join(web, file), "1");
  const policy = async (path: string) => {
    const { status, headers } = await serving.ask("GET", path);
    return `${status} ${headers["content-security-policy"]}`;
  };
  expect(await policy("/physics/worker-1.js")).toMatch(/^200 default-src 'none'; script-src 'self' 'unsafe-eval';/);
  const others = ["/physics/page.html", "/physics.js", "/physics/..%2findex.html", "/physics/../index.html", "/"];
  for (const path of [...others, "/physics/none.js"]) expect(await policy(path), path).not.toContain("unsafe");
});

const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find((address) => !address.internal && address.family === "IPv4");
test.skipIf(outside === undefined)("other machines cannot connect", async () => {
  const refused = await new Promise((resolve) => {
    const socket = connect(serving.server.port, outside?.address);
    socket.on("connect", () => {
      socket.destroy();
      resolve("connected");
    });
    socket.on("error", () => resolve("refused"));
  });
  expect(refused).toBe("refused");
});
