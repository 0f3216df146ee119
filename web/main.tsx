import { render } from "preact";
import { App } from "./view/app.tsx";
import { startPage } from "./view/page.ts";

const page = document.getElementById("page");
if (page === null) throw new Error("index.html has no element #page to put the page into.");
render(<App />, page);
startPage();
