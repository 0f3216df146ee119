// Evidence that a person brings unasked: a question of their own making, which comes with its answer.
import type { Kysely } from "kysely";
import { FIRST_VOLUNTEERED, type Question } from "../feedback/judgement.ts";
import type { Context } from "./context.ts";
import { findJudgement, insertJudgement } from "./judgements.ts";
import { keepQuestion } from "./questions.ts";
import type { Tables } from "./schema.ts";
import type { Store, VolunteerResult } from "./store.ts";

export function volunteerMethods(context: Context): Pick<Store, "volunteer"> {
  return {
    volunteer: (run, contributions) =>
      context.write(async (transaction): Promise<VolunteerResult> => {
        const known = await Promise.all(
          contributions.map(({ judgement }) => findJudgement(transaction, run, judgement.id)),
        );
        const gone = known.find((row) => row !== undefined && row.taken_back_at !== null);
        if (gone !== undefined) {
          return { outcome: "conflict", reason: `Judgement ${gone.id} was taken back. Send these under new ids.` };
        }
        if (known.length > 0 && known.every((row) => row !== undefined)) return { outcome: "known" };
        const taken = known.find((row) => row !== undefined);
        if (taken !== undefined) {
          return {
            outcome: "conflict",
            reason: `There is another judgement with the id ${taken.id}. Send these under new ids.`,
          };
        }
        let segment = await nextId(transaction, run, "segments");
        let query = await nextId(transaction, run, "queries");
        const kept = [];
        for (const { kind, atStep, segments, judgement } of contributions) {
          const named = segments.map((own) => ({ ...own, id: segment++ }));
          const ids = named.map(({ id }) => id);
          const question: Question = {
            query: { id: query++, kind, segments: ids, selection: "volunteered", atStep },
            segments: named,
          };
          const whole = { ...judgement, query: question.query.id };
          await keepQuestion(transaction, run, question, "answered");
          await insertJudgement(transaction, run, whole);
          kept.push({ ...question, judgement: whole });
        }
        return { outcome: "stored", kept };
      }),
  };
}

async function nextId(db: Kysely<Tables>, run: string, table: "segments" | "queries"): Promise<number> {
  const { last } = await db
    .selectFrom(table)
    .select((select) => select.fn.max("id").as("last"))
    .where("run", "=", run)
    .executeTakeFirstOrThrow();
  return Math.max(last ?? 0, FIRST_VOLUNTEERED - 1) + 1;
}
