import { sql } from "kysely";
import type { Context } from "./context.ts";
import type { Store } from "./store.ts";

export function metricsMethods(context: Context): Pick<Store, "addMetrics" | "listMetrics"> {
  const { db } = context;
  return {
    async addMetrics(run, metrics) {
      await context.write((transaction) =>
        transaction
          .insertInto("metrics")
          .values((insert) => ({
            run,
            line: insert
              .selectFrom("metrics")
              .select((max) => sql<number>`coalesce(${max.fn.max("line")}, 0) + 1`.as("next"))
              .where("run", "=", run),
            steps: metrics.steps,
            metrics_json: JSON.stringify(metrics),
          }))
          .execute(),
      );
    },

    async listMetrics(run, limit) {
      const { last } = await db
        .selectFrom("metrics")
        .select((select) => select.fn.max("line").as("last"))
        .where("run", "=", run)
        .executeTakeFirstOrThrow();
      // Lines are counted up from 1 and only ever dropped at the end, so `last` is also how many there are.
      const stride = Math.max(1, Math.ceil((last ?? 0) / limit));
      const rows = await db
        .selectFrom("metrics")
        .select("metrics_json")
        .where("run", "=", run)
        .where(sql`(${last} - line) % ${stride}`, "=", 0)
        .orderBy("line")
        .execute();
      return rows.map((row) => JSON.parse(row.metrics_json));
    },
  };
}
