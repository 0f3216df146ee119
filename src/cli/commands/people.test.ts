import { expect, test } from "vitest";
import { openData } from "../../host/data.ts";
import { temporaryDirectory } from "../../../test/store-fixture.ts";
import { Output } from "../output.ts";
import { invite, people, revoke } from "./people.ts";

/** Runs a command, and returns what it printed as results and what it said to people. */
async function run(json: boolean, command: (output: Output) => Promise<number>): Promise<[string, string]> {
  let results = "";
  let said = "";
  const stream = (write: (text: string) => void) => ({ write });
  const output = new Output(
    json,
    stream((text) => (results += text)),
    stream((text) => (said += text)),
  );
  expect(await command(output)).toBe(0);
  return [results, said];
}

test("people are invited, listed and revoked", async () => {
  using directory = temporaryDirectory();
  const data = directory.path;
  const ana = { name: "Ana", role: "annotator", expires: "7d", data };
  const [unserved, warned] = await run(false, (output) => invite(output, ana));
  expect(unserved).toMatch(/^\/join#token=[\w-]+\.[\w-]+\n$/);
  expect(warned).toContain("Put the address before it");

  const store = await openData(data);
  await store.publish("https://teach.example.org");
  await store.close();
  const [line] = await run(true, (output) => invite(output, { ...ana, name: "Ben", role: "owner", expires: "never" }));
  const invited = JSON.parse(line) as { link: string };
  expect(invited).toMatchObject({ event: "invited", name: "Ben", role: "owner", expires: null });
  expect(invited.link).toMatch(/^https:\/\/teach\.example\.org\/join#token=/);

  expect((await run(false, (output) => revoke(output, "Ana", data)))[0]).toContain("Ana is let in no longer");
  const [listed] = await run(false, (output) => people(output, data));
  expect(listed).toMatch(/Ben\s+owner\s+invited/);
  expect(listed).toMatch(/Ana\s+annotator\s+revoked/);
});

test("what is wrong is said, with what there is", async () => {
  using directory = temporaryDirectory();
  const data = directory.path;
  const output = new Output(true, { write: () => {} }, { write: () => {} });
  const ana = { name: "Ana", role: "annotator", expires: "7d", data };
  await expect(people(output, data)).rejects.toThrow("There are no runs in");
  await expect(invite(output, { ...ana, role: "boss" })).rejects.toThrow("expected viewer, annotator, owner");
  await expect(invite(output, { ...ana, expires: "soon" })).rejects.toThrow("--expires: expected");
  await invite(output, ana);
  await expect(invite(output, { ...ana, role: "viewer" })).rejects.toThrow("with the role annotator");
  await expect(revoke(output, "Bob", data)).rejects.toThrow('Nobody named "Bob" is let in. These are: Ana.');
});
