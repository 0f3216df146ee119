import { render } from "preact";
import { startPage } from "./view/page.ts";
import { App } from "./view/shell/app.tsx";

const page = document.getElementById("page");
if (page === null) throw new Error("index.html has no element #page to put the page into.");
render(<App />, page);
startPage();
