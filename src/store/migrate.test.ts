import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { chosen, judgement, newRun, temporaryDirectory } from "../../test/store-fixture.ts";
import { toBytes } from "./bytes.ts";
import { openStore } from "./open.ts";

/** The tables about queries as version 1 made them. */
const VERSION_1 = `
  CREATE TABLE segments (
    run text not null references runs (id), id integer not null, at_step integer not null,
    policy_version integer not null, length integer not null, observations blob not null, actions blob not null,
    frames_per_second real not null, frames integer not null, poses blob not null,
    constraint segments_key primary key (run, id)
  );
  CREATE TABLE queries (
    run text not null references runs (id), id integer not null, left_segment integer not null,
    right_segment integer not null, selection text not null, at_step integer not null,
    state text not null check (state in ('open', 'answered', 'withdrawn')), reopened integer not null,
    constraint queries_key primary key (run, id),
    constraint queries_left foreign key (run, left_segment) references segments (run, id),
    constraint queries_right foreign key (run, right_segment) references segments (run, id)
  );
  CREATE INDEX queries_open ON queries (run, reopened desc, id) WHERE state = 'open';
  CREATE TABLE judgements (
    sequence integer primary key autoincrement, run text not null, id text not null, query integer not null,
    answer text not null, annotator text not null, decision_milliseconds real, answered_at integer not null,
    taken_back_at integer,
    constraint judgements_id unique (run, id),
    constraint judgements_query foreign key (run, query) references queries (run, id)
  );
  CREATE UNIQUE INDEX judgements_standing ON judgements (run, query) WHERE taken_back_at IS NULL;
  CREATE INDEX judgements_latest ON judgements (run, sequence) WHERE taken_back_at IS NULL;
`;

/** A directory as heed of data version 1 left it: four segments, two queries, answers that stand and that were taken back. */
async function directoryOfVersion1(path: string): Promise<string> {
  const store = await openStore(path, "0.1.0");
  const { id: run } = await store.createRun(newRun());
  await store.close();
  const database = new DatabaseSync(join(path, "heed.sqlite"));
  const { tables } = { tables: ["judgements", "queries", "segments"] };
  const later = database
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
    .all()
    .map(({ name }) => String(name))
    .filter((name) => !["about", "runs", "metrics", "checkpoints", "sqlite_sequence", ...tables].includes(name));
  database.exec("PRAGMA foreign_keys = OFF");
  for (const table of [...later, ...tables]) database.exec(`DROP TABLE ${table}`);
  database.exec(VERSION_1);
  const segment = database.prepare("INSERT INTO segments VALUES (?, ?, 10, 1, 2, ?, ?, 62.5, 3, ?)");
  for (const id of [1, 2, 3, 4]) {
    const numbers = (count: number) => toBytes(Float32Array.from({ length: count }, (_, i) => id + i / 8));
    segment.run(run, id, numbers(4), numbers(2), numbers(21));
  }
  const query = database.prepare("INSERT INTO queries VALUES (?, ?, ?, ?, 'random', 10, ?, ?)");
  query.run(run, 1, 1, 2, "answered", 0);
  query.run(run, 2, 3, 4, "open", 1);
  const answer = database.prepare("INSERT INTO judgements VALUES (NULL, ?, ?, ?, ?, 'person', 812.5, 99, ?)");
  answer.run(run, "a", 1, "equal", null);
  answer.run(run, "b", 2, "left", 100);
  database.prepare("UPDATE runs SET labels = 1 WHERE id = ?").run(run);
  database.exec("PRAGMA user_version = 1");
  database.close();
  return run;
}

test("data of version 1 is brought to today's with every judgement, and can be added to", async () => {
  using directory = temporaryDirectory();
  const run = await directoryOfVersion1(directory.path);
  const store = await openStore(directory.path, "0.2.0");
  await store.claim(run);
  const { start } = await store.resume(run);
  expect(start.judged.map(({ judgement }) => judgement)).toEqual([judgement("a", 1, { answer: chosen("equal") })]);
  expect(start.judged[0].query).toEqual({
    id: 1,
    kind: "comparison",
    segments: [1, 2],
    selection: "random",
    atStep: 10,
  });
  const [first] = start.judged[0].segments;
  expect([...first.observations]).toEqual([1, 1.125, 1.25, 1.375]);
  expect([[...first.rewards], first.state]).toEqual([[Number.NaN, Number.NaN], null]);
  expect(start.open.map(({ query, segments }) => [query.id, segments.map(({ id }) => id)])).toEqual([[2, [3, 4]]]);
  expect([start.lastQuery, start.lastSegment]).toEqual([2, 4]);

  expect(await store.judge(run, judgement("c", 2))).toEqual({ outcome: "stored", labels: 2 });
  expect(await store.takeBack(run, "a")).toMatchObject({ outcome: "taken-back", labels: 1 });
  expect(await store.judge(run, judgement("b", 1))).toMatchObject({ outcome: "conflict" });
  await store.close();
});

test("what is brought up to date has the tables of a new file, and foreign keys that hold", async () => {
  using old = temporaryDirectory();
  using fresh = temporaryDirectory();
  await directoryOfVersion1(old.path);
  const columns = async (path: string) => {
    await (await openStore(path, "0.2.0")).close();
    const database = new DatabaseSync(join(path, "heed.sqlite"), { enableForeignKeyConstraints: true });
    const rows = database
      .prepare(
        `SELECT tables.name AS name, columns.name AS column_name, columns.type AS type, "notnull", pk
         FROM sqlite_master AS tables, pragma_table_info(tables.name) AS columns
         WHERE tables.type = 'table' ORDER BY tables.name, columns.name`,
      )
      .all();
    expect(database.prepare("PRAGMA foreign_key_check").all()).toEqual([]);
    const version = database.prepare("PRAGMA user_version").get();
    const indices = database.prepare("SELECT name FROM sqlite_master WHERE type = 'index' ORDER BY name").all();
    database.close();
    return { rows, version, indices };
  };
  expect(await columns(old.path)).toEqual(await columns(fresh.path));
});
