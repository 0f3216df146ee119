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
        .select((select) => select.fn.max<number | null>("line").as("last"))
        .where("run", "=", run)
        .executeTakeFirstOrThrow();
      if (last === null) return [];
      // Lines are counted up from 1 and only ever dropped at the end, so `last` is also how many there are.
      const stride = Math.ceil(last / limit);
      const lines = Array.from({ length: Math.ceil(last / stride) }, (_, index) => last - index * stride);
      const rows = await db
        .selectFrom("metrics")
        .select("metrics_json")
        .where("run", "=", run)
        .where("line", "in", lines)
        .orderBy("line")
        .execute();
      return rows.map((row) => JSON.parse(row.metrics_json));
    },
  };
}
