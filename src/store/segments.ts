// Windows of trajectories: what training recorded, in the order of time or of what the reward model predicted of it.
import { FIRST_VOLUNTEERED } from "../feedback/judgement.ts";
import type { Context } from "./context.ts";
import { toSegment } from "./questions.ts";
import type { Store } from "./store.ts";

export function segmentMethods({ db }: Context): Pick<Store, "latestSegments" | "extremeSegments" | "findSegment"> {
  // What people brought was not recorded by training, and is not the agent's doing.
  const recorded = (run: string) =>
    db.selectFrom("segments").selectAll().where("run", "=", run).where("id", "<", FIRST_VOLUNTEERED);
  return {
    async latestSegments(run, limit) {
      const rows = await recorded(run).orderBy("id", "desc").limit(limit).execute();
      return rows.map(toSegment);
    },

    async extremeSegments(run, which, limit) {
      const rows = await recorded(run)
        .where("predicted", "is not", null)
        .orderBy("predicted", which === "best" ? "desc" : "asc")
        .orderBy("id", "desc")
        .limit(limit)
        .execute();
      return rows.map(toSegment);
    },

    async findSegment(run, id) {
      const row = await db
        .selectFrom("segments")
        .selectAll()
        .where("run", "=", run)
        .where("id", "=", id)
        .executeTakeFirst();
      return row === undefined ? null : toSegment(row);
    },
  };
}
