import { render } from "preact";
import { identify, me } from "./session/me.ts";
import { showPresence } from "./session/presence.ts";
import { session, startPage } from "./view/page.ts";
import { App } from "./view/shell/app.tsx";
import { severalPeople } from "./view/shell/tabs.ts";

const page = document.getElementById("page");
if (page === null) throw new Error("index.html has no element #page to put the page into.");
if (location.pathname === "/join") {
  const { Join } = await import("./view/people/join.tsx");
  render(<Join />, page);
} else {
  const shutOut = await identify((name) => (session.person.value = name));
  if (shutOut === null) {
    render(<App />, page);
    startPage();
    showPresence(() => session.leases());
    severalPeople.value = me.value !== null;
  } else {
    const { Door } = await import("./view/people/join.tsx");
    render(<Door reason={shutOut} />, page);
  }
}
