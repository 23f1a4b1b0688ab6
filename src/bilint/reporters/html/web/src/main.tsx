import { render } from "preact";
import { App } from "./app";
import { Report } from "./data/report";
import type { Core } from "./data/types";
import { unpack } from "./data/unpack";
import "./styles/base.css";
import "./styles/overview.css";
import "./styles/lists.css";
import "./styles/page.css";
import "./styles/print.css";

async function start(): Promise<void> {
  const root = document.getElementById("app")!;
  try {
    const report = new Report(await unpack<Core>("core"));
    root.replaceChildren();
    render(<App report={report} />, root);
    performance.mark("bilint-usable");
  } catch (error) {
    const said = document.createElement("p");
    said.textContent = `This report cannot be opened: ${error instanceof Error ? error.message : String(error)}`;
    root.replaceChildren(said);
  }
}

void start();
