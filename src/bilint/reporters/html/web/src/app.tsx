import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { read, write, type Address, type ViewName } from "./address";
import type { Report } from "./data/report";
import { count, number } from "./format";
import { Help, keep, kept, useKeys } from "./keys";
import { plainly } from "./parts/text";
import { Findings } from "./views/findings";
import { Pages, Queue } from "./views/lists";
import { Notes } from "./views/notes";
import { Overview } from "./views/overview";
import { QualityView } from "./views/quality";
import { PageView } from "./views/page";

const TABS: [ViewName, string][] = [
  ["overview", "Overview"], ["queue", "Queue"], ["findings", "Findings"], ["pages", "Pages"], ["notes", "Notes"],
  ["quality", "MT quality"],
];
const THEMES = ["", "light", "dark"];
const THEME_NAMES: Record<string, string> = { "": "as the system", light: "light", dark: "dark" };

export function App({ report }: { report: Report }) {
  const [address, setAddress] = useState<Address>(() => read(location.hash));
  const [help, setHelp] = useState(false);
  const [theme, setTheme] = useState(() => kept("bilint-theme") ?? "");
  const main = useRef<HTMLElement>(null);
  const lists = useRef<Partial<Record<ViewName, string>>>({});

  useEffect(() => {
    const follow = () => {
      if (location.hash && !location.hash.startsWith("#/")) return; // a place on the page
      setAddress(read(location.hash));
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  useEffect(() => {
    if (theme) document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
  }, [theme]);

  // Narrowing a list takes the place of what was there; opening something can be undone by Back.
  const go = useCallback((hash: string) => {
    const next = read(hash);
    const here = read(location.hash);
    if (next.view === here.view && next.page === here.page && next.view !== "overview") {
      history.replaceState(history.state, "", hash);
      setAddress(next);
    } else location.hash = hash;
  }, []);

  const place = `${address.view}/${address.page}`;
  const first = useRef(true);
  useEffect(() => {
    const title = address.view === "page" ? plainly(address.page) : TABS.find(([view]) => view === address.view)?.[1];
    document.title = `${title} – Bilint report`;
    if (first.current) first.current = false;
    else if (!address.finding) {
      scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
  }, [place]);
  if (address.view !== "page") lists.current[address.view] = write(address);

  const nextTheme = () => {
    const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
    keep("bilint-theme", next);
    setTheme(next);
  };
  useKeys((key, event) => {
    const tab = TABS[Number(key) - 1];
    if (tab && /^[1-6]$/.test(key)) location.hash = lists.current[tab[0]] ?? write({ view: tab[0] });
    else if (key === "/") (document.getElementById("filter-text") as HTMLInputElement | null)?.focus();
    else if (key === "?") setHelp(true);
    else if (key === "t") nextTheme();
    else if (key === "Escape" && (event.target as HTMLElement).matches?.("input")) (event.target as HTMLElement).blur();
    else if ((key === "Escape" || key === "u") && !help && address.view === "page") history.back();
    else if (address.view === "page" && key === "a") go(write({ ...address, more: { ...address.more, all: address.more.all ? "" : "1" } }));
    else if (address.view === "page" && (key === "n" || key === "p")) dispatchEvent(Object.assign(new Event("bilint-step"), { key, bilint: key }));
    else return false;
    return true;
  });

  const { core } = report;
  return (
    <>
      <a class="skip" href="#content" onClick={(event) => { event.preventDefault(); main.current?.focus(); }}>To the content</a>
      <header class="top">
        <h1><span class="mark" aria-hidden="true" />Bilint <span>report</span></h1>
        <nav aria-label="Views">
          {TABS.filter(([view]) => view !== "quality" || core.quality).map(([view, name]) => {
            const here = address.view === view;
            const many = { queue: core.queue.page.length, findings: report.openCount, pages: report.judgedCount }[view as string];
            return <a href={here ? write(address) : lists.current[view] ?? write({ view })} aria-current={here ? "page" : undefined}>{name}{many === undefined ? null : <span class="many">{number(many)}</span>}</a>;
          })}
        </nav>
        <div class="tools">
          <button type="button" onClick={nextTheme} aria-label={`Colours: ${THEME_NAMES[theme]}. Change`}>{theme === "dark" ? "☾" : theme === "light" ? "☀" : "◐"}</button>
          <button type="button" onClick={() => setHelp(true)} aria-label="Keyboard shortcuts">?</button>
        </div>
      </header>
      <main id="content" ref={main} tabIndex={-1} class={address.view}>
        {address.view === "overview" ? <Overview report={report} address={address} go={go} /> : null}
        {address.view === "queue" ? <Queue report={report} address={address} go={go} /> : null}
        {address.view === "findings" ? <Findings report={report} address={address} go={go} /> : null}
        {address.view === "pages" ? <Pages report={report} address={address} go={go} /> : null}
        {address.view === "page" ? <PageView key={address.page} report={report} address={address} go={go} /> : null}
        {address.view === "quality" ? <QualityView report={report} /> : null}
        {address.view === "notes" ? <Notes report={report} /> : null}
      </main>
      <footer class="foot">
        {core.tool.name} {core.tool.version} · source {core.source.revision ? core.source.revision.slice(0, 9) : "working tree"} · {count(core.locales.length, "locale")} · this file holds everything and asks nobody for anything
      </footer>
      {help ? <Help close={() => setHelp(false)} /> : null}
    </>
  );
}
