// The API's routes, by concern. Each does what the store does and tells the run about it; none computes anything.
import { addDemonstrationRoutes } from "./routes/demonstrations.ts";
import { addAnswerRoutes } from "./routes/answers.ts";
import { addClipRoutes } from "./routes/clips.ts";
import { addHistoryRoutes } from "./routes/history.ts";
import { addJudgementRoutes } from "./routes/judgements.ts";
import { addPeopleRoutes } from "./routes/people.ts";
import { addProgressRoutes } from "./routes/progress.ts";
import { addQueryRoutes } from "./routes/queries.ts";
import { addManagingRoutes } from "./routes/managing.ts";
import { addRunRoutes } from "./routes/runs.ts";
import type { App, Served } from "./served.ts";

export function addRoutes(app: App, served: Served): void {
  addRunRoutes(app, served);
  addManagingRoutes(app, served);
  addQueryRoutes(app, served);
  addJudgementRoutes(app, served);
  addProgressRoutes(app, served);
  addPeopleRoutes(app, served);
  addDemonstrationRoutes(app, served);
  addHistoryRoutes(app, served);
  addClipRoutes(app, served);
  addAnswerRoutes(app, served);
  app.get("/api/openapi.json", { schema: { summary: "This description" } }, async () => served.openapi());
}
