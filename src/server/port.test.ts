import { expect, test } from "vitest";
import { serve } from "../../test/server-fixture.ts";
import { RunManager } from "../host/manager.ts";
import { PortBusyError } from "./port.ts";
import { createServer } from "./server.ts";

test("a busy port is named with the next free one, which can be had", async () => {
  await using first = await serve();
  const { store, directory, server } = first;
  const options = { store, runs: new RunManager({ store }), current: null, webRoot: directory, onError: () => {} };
  const error = await createServer({ ...options, port: server.port }).catch((error: unknown) => error);
  if (!(error instanceof PortBusyError)) throw error;
  expect(error.port).toBe(server.port);
  expect(error.next).toBeGreaterThan(server.port);
  expect(error.message).toBe(
    `Port ${server.port} of 127.0.0.1 is in use by another program. Port ${error.next} is free.`,
  );
  const second = await createServer({ ...options, port: error.next ?? 0 });
  expect(second.address).toBe(`http://127.0.0.1:${error.next}`);
  await second.close();
});
