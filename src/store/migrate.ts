// Brings the tables of an earlier version of heed to those of this one, with everything that is in them.
import type { DatabaseSync } from "node:sqlite";

/**
 * From version 1, in which all queries were comparisons of a left and a right segment. Needs foreign keys not to be
 * enforced, since one of the tables that others point at is made anew.
 */
export function migrateFrom1(database: DatabaseSync): void {
  database.exec(`
    ALTER TABLE segments ADD COLUMN rewards blob;
    ALTER TABLE segments ADD COLUMN state blob;
    ALTER TABLE segments ADD COLUMN predicted real;
    CREATE INDEX "segments_predicted" ON "segments" ("run", "predicted") WHERE "predicted" IS NOT NULL;

    CREATE TABLE queries_of_version_2 (
      "run" text not null references "runs" ("id"),
      "id" integer not null,
      "kind" text not null,
      "segments_json" text not null,
      "selection" text not null,
      "at_step" integer not null,
      "state" text not null check (state in ('open', 'answered', 'withdrawn')),
      "reopened" integer not null,
      constraint "queries_key" primary key ("run", "id")
    );
    INSERT INTO queries_of_version_2
      SELECT run, id, 'comparison', json_array(left_segment, right_segment), selection, at_step, state, reopened
      FROM queries;
    DROP TABLE queries;
    ALTER TABLE queries_of_version_2 RENAME TO queries;
    CREATE INDEX "queries_open" ON "queries" ("run", "reopened" desc, "id") WHERE "state" = 'open';

    ALTER TABLE judgements ADD COLUMN kind text not null default 'comparison';
    ALTER TABLE judgements ADD COLUMN answer_json text not null default '';
    UPDATE judgements SET answer_json = json_object('kind', 'comparison', 'choice', answer);
    ALTER TABLE judgements DROP COLUMN answer;
    DROP INDEX judgements_standing;
    CREATE UNIQUE INDEX "judgements_standing" ON "judgements" ("run", "query", "annotator")
      WHERE "taken_back_at" IS NULL;
  `);
}
