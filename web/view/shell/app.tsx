// The whole page: its top, the tab that is open, and what is said about the run.
import { KeySheet } from "../keys/sheet.tsx";
import { Announcer } from "./announcer.tsx";
import { Header } from "./header.tsx";
import { TabView } from "./tab-view.tsx";
import "./shell.css";

export function App() {
  return (
    <>
      <Header />
      <TabView />
      <Announcer />
      <KeySheet />
    </>
  );
}
