import { expect, it } from "vitest";
import { temporaryDirectory } from "../../test/store-fixture.ts";
import { openStore } from "../store/open.ts";
import { expiryOf, firstOwnerLink, reachOf } from "./invitations.ts";

it("is reached by this machine alone unless a host or an origin is given", () => {
  expect(reachOf(undefined, undefined)).toBeUndefined();
  expect(reachOf("0.0.0.0", undefined)).toEqual({ host: "0.0.0.0" });
  expect(reachOf(undefined, "https://teach.example.org")).toEqual({
    host: "127.0.0.1",
    origin: "https://teach.example.org",
  });
  for (const origin of ["teach.example.org", "ftp://a.example", "https://a.example/path", "https://u@a.example"]) {
    expect(() => reachOf(undefined, origin), origin).toThrow("--origin: expected");
  }
  for (const host of ["http://a.example", "", "a b"])
    expect(() => reachOf(host, undefined)).toThrow("--host: expected");
});

it("reads how long access lasts", () => {
  const now = new Date(0);
  expect(expiryOf("never", now)).toBeNull();
  expect(expiryOf("45m", now)).toEqual(new Date(45 * 60_000));
  expect(expiryOf("12h", now)).toEqual(new Date(12 * 3_600_000));
  expect(expiryOf("7d", now)).toEqual(new Date(7 * 86_400_000));
  for (const text of ["", "0d", "7", "-1d", "1w", "1.5d", "4000d", "Infinityd"]) {
    expect(() => expiryOf(text, now), text).toThrow("--expires: expected");
  }
});

it("gives a link for the first owner until one has come in", async () => {
  using directory = temporaryDirectory();
  const store = await openStore(directory.path, "0.1.0");
  try {
    const first = await firstOwnerLink(store, "http://a.example");
    expect(first).toMatch(/^http:\/\/a\.example\/join#token=[\w-]+\.[\w-]+$/);
    const second = await firstOwnerLink(store, "http://a.example");
    expect(second).not.toBe(first);
    const joined = await store.join(second?.split("=")[1] ?? "");
    if (joined.outcome !== "joined") throw new Error(joined.outcome);
    await store.memberOf(joined.token);
    expect(await firstOwnerLink(store, "http://a.example")).toBeNull();
  } finally {
    await store.close();
  }
});
