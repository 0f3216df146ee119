// The thread with the physics. It is loaded when somebody drives, and ends when they leave.
import type { Reply, Request } from "./messages.ts";
import { Physics } from "./physics.ts";

const physics = new Physics();
let answering: Promise<void> = Promise.resolve();

self.addEventListener("message", (event: MessageEvent<Request>) => {
  // One after the other: opening takes a while, and replies come in the order of the requests.
  answering = answer(event.data, answering);
});

async function answer(request: Request, earlier: Promise<void>): Promise<void> {
  await earlier;
  const reply: Reply = await physics.answer(request);
  self.postMessage(reply);
}
