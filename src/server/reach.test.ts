import { hostname } from "node:os";
import { expect, it } from "vitest";
import { ownOrigins, publicAddress } from "./reach.ts";

it("answers to this machine's own names alone, unless it is to be reached from others", () => {
  expect([...ownOrigins(null, 4733)]).toEqual([
    ["127.0.0.1:4733", "http://127.0.0.1:4733"],
    ["localhost:4733", "http://localhost:4733"],
    ["[::1]:4733", "http://[::1]:4733"],
  ]);
  expect(ownOrigins(null, 80).get("localhost")).toBe("http://localhost");
});

it("answers to the names that it listens on", () => {
  const own = ownOrigins({ host: "192.168.1.5" }, 4733);
  expect(own.get("192.168.1.5:4733")).toBe("http://192.168.1.5:4733");
  expect(own.has("192.168.1.5")).toBe(false);
  expect(own.has("192.168.1.6:4733")).toBe(false);
  expect(ownOrigins({ host: "fd00::5" }, 4733).has("[fd00::5]:4733")).toBe(true);
  expect(ownOrigins({ host: "Office" }, 4733).has("office:4733")).toBe(true);
  expect(ownOrigins({ host: "0.0.0.0" }, 4733).has(`${hostname().toLowerCase()}:4733`)).toBe(true);
});

it("answers to the name of a proxy in front of it, by that proxy's origin", () => {
  const reach = { host: "127.0.0.1", origin: "https://teach.example.org/" };
  expect(ownOrigins(reach, 4733).get("teach.example.org")).toBe("https://teach.example.org");
  expect(publicAddress(reach, 4733)).toBe("https://teach.example.org");
});

it("says where people find the page", () => {
  expect(publicAddress(null, 4733)).toBe("http://127.0.0.1:4733");
  expect(publicAddress({ host: "192.168.1.5" }, 4733)).toBe("http://192.168.1.5:4733");
  expect(publicAddress({ host: "::1" }, 4733)).toBe("http://[::1]:4733");
  expect(publicAddress({ host: "0.0.0.0" }, 4733)).toMatch(/^http:\/\/[^/]+:4733$/);
  expect(publicAddress({ host: "0.0.0.0" }, 4733)).not.toContain("0.0.0.0");
});
