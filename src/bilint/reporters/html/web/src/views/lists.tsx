import { useMemo } from "preact/hooks";
import { write, type Address } from "../address";
import { findPages, type Filter } from "../data/filter";
import type { Report } from "../data/report";
import { count, hours, number, percent, words } from "../format";
import { Facets } from "../parts/facets";
import { Path, Status } from "../parts/small";
import { plainly, Visible } from "../parts/text";
import { Rows } from "../parts/virtual";

interface Properties {
  report: Report;
  address: Address;
  go: (hash: string) => void;
}

const QUEUE_SORTS: Record<string, string> = { "": "most urgent first", words: "most words first", minutes: "longest first", quick: "shortest first", path: "by path" };

/** The work, with the reasons that make up its order. */
export function Queue({ report, address, go }: Properties) {
  const { filter } = address;
  const { queue, pages } = report.core;
  const key = write({ ...address, view: "queue" });
  const found = useMemo(
    () => findPages(report, filter, (page) => report.queued[page]! >= 0, (page) => queue.texts[report.queued[page]!] ?? []),
    [report, key],
  );
  const rows = useMemo(() => {
    const items = found.pages.map((page) => report.queued[page]!);
    const by: Record<string, (a: number, b: number) => number> = {
      words: (a, b) => queue.words[b]! - queue.words[a]!,
      minutes: (a, b) => queue.minutes[b]! - queue.minutes[a]!,
      quick: (a, b) => queue.minutes[a]! - queue.minutes[b]!,
      path: (a, b) => (report.path(queue.page[a]!) < report.path(queue.page[b]!) ? -1 : 1),
    };
    const urgent = (a: number, b: number) => queue.score[b]! - queue.score[a]! || a - b;
    return items.sort((a, b) => (by[filter.sort]?.(a, b) ?? 0) || urgent(a, b));
  }, [found, filter.sort]);
  const sum = (column: number[]) => rows.reduce((all, item) => all + Math.max(0, column[item]!), 0);
  const change = (next: Filter) => go(write({ ...address, filter: next }));
  const open = (index: number) => go(write({ view: "page", page: report.name(queue.page[rows[index]!]!) }));
  if (!queue.page.length) return <p class="nothing">The queue is empty: nothing is waiting to be done.</p>;
  return (
    <div class="work">
      <Facets filter={filter} counts={found.counts} change={change} placeholder="path or reason" />
      <section aria-label="Queue" class="list">
        <div class="list-head">
          <p role="status"><b>{count(rows.length, "page")}</b> with work: {count(sum(queue.words), "word")}, about {hours(sum(queue.minutes))}</p>
          <Order sorts={QUEUE_SORTS} filter={filter} change={change} />
        </div>
        <Rows
          count={rows.length}
          height={66}
          label="Queue"
          of={key}
          open={open}
          head={<><span role="columnheader" class="c-rank num">Score</span><span role="columnheader" class="c-what">Page and reasons</span>
            <span role="columnheader" class="c-num num">Words</span><span role="columnheader" class="c-num num">Time</span></>}
          row={(index) => {
            const item = rows[index]!;
            const page = queue.page[item]!;
            const reasons = queue.texts[item]!.map((n, at) => ({ text: report.text(n), points: queue.reasons[item]![2 * at + 1]! }));
            return (
              <>
                <span role="gridcell" class="c-rank num"><b>{number(queue.score[item]!)}</b><span class="under">#{queue.rank[item]}</span></span>
                <span role="gridcell" class="c-what">
                  <span class="message row-path"><a href={write({ view: "page", page: report.name(page) })} tabIndex={-1}><Path path={report.path(page)} /></a>
                    <span class="code">{report.locale(page)}</span><Status name={report.status(page)} /></span>
                  <span class="reasons" title={reasons.map((one) => `${one.points}  ${plainly(one.text)}`).join("\n")}>
                    {reasons.map((one) => <span class="reason"><b>{one.points}</b> <Visible text={one.text} /></span>)}
                  </span>
                </span>
                <span role="gridcell" class="c-num num">{pages.words[page]! < 0 ? "?" : number(queue.words[item]!)}</span>
                <span role="gridcell" class="c-num num">{hours(queue.minutes[item]!)}</span>
              </>
            );
          }}
        />
      </section>
    </div>
  );
}

const PAGE_SORTS: Record<string, string> = { "": "by path", words: "most words first", findings: "most findings first", ht: "least translated by people first" };

/** Every page of every locale. */
export function Pages({ report, address, go }: Properties) {
  const { filter } = address;
  const { pages, findings } = report.core;
  const key = write({ ...address, view: "pages" });
  const found = useMemo(() => findPages(report, filter, (page) => pages.status[page]! >= 0 || report.ofPage[page]!.length > 0), [report, key]);
  const serious = useMemo(
    () => report.ofPage.map((all) => all.reduce((sum, i) => sum + (report.isOpen(i) && findings.severity[i]! < 2 ? 1 : 0), 0)),
    [report],
  );
  const rows = useMemo(() => {
    const ht = (page: number) => (pages.ht[page]! < 0 ? 1000 : pages.ht[page]!);
    const by: Record<string, (a: number, b: number) => number> = {
      words: (a, b) => pages.words[b]! - pages.words[a]!,
      findings: (a, b) => serious[b]! - serious[a]!,
      ht: (a, b) => ht(a) - ht(b),
    };
    return by[filter.sort] ? [...found.pages].sort(by[filter.sort]) : found.pages;
  }, [found, filter.sort]);
  const sources = useMemo(() => rows.filter((page) => report.isSource(page)).length, [rows]);
  const change = (next: Filter) => go(write({ ...address, filter: next }));
  return (
    <div class="work">
      <Facets filter={filter} counts={found.counts} change={change} placeholder="path" />
      <section aria-label="Pages" class="list">
        <div class="list-head">
          <p role="status"><b>{count(rows.length - sources, "page")}</b>{sources ? ` and ${count(sources, "source page")}` : ""}</p>
          <Order sorts={PAGE_SORTS} filter={filter} change={change} />
        </div>
        {rows.length ? (
          <Rows
            count={rows.length}
            height={54}
            label="Pages"
            of={key}
            open={(index) => go(write({ view: "page", page: report.name(rows[index]!) }))}
            head={<><span role="columnheader" class="c-status">Status</span><span role="columnheader" class="c-what">Page</span>
              <span role="columnheader" class="c-num num">Words to do</span><span role="columnheader" class="c-num num">Segments</span>
              <span role="columnheader" class="c-num num">Human</span><span role="columnheader" class="c-num num">Findings</span></>}
            row={(index) => {
              const page = rows[index]!;
              const folder = report.path(page).slice(0, report.path(page).lastIndexOf("/") + 1);
              const behind = [pages.stale[page]!, pages.new[page]!, pages.obsolete[page]!].reduce((a, b) => a + Math.max(0, b), 0);
              return (
                <>
                  <span role="gridcell" class="c-status"><Status name={report.status(page) || "source"} /></span>
                  <span role="gridcell" class="c-what"><span class="message"><a href={write({ view: "page", page: report.name(page) })} tabIndex={-1}><bdi dir="ltr"><Visible text={report.path(page).slice(folder.length)} /></bdi></a></span>
                    <span class="under message"><span class="code">{report.locale(page)}</span> <bdi dir="ltr"><Visible text={folder} /></bdi>{pages.reason[page]! >= 0 ? ` ${words(report.text(pages.reason[page]!))}` : ""}</span></span>
                  <span role="gridcell" class="c-num num">{pages.words[page]! < 0 ? "?" : number(pages.words[page]!)}</span>
                  <span role="gridcell" class="c-num num">{pages.total[page]! < 0 ? "–" : behind ? `${number(behind)} of ${number(pages.total[page]!)}` : number(pages.total[page]!)}</span>
                  <span role="gridcell" class="c-num num">{percent(pages.ht[page]!)}</span>
                  <span role="gridcell" class="c-num num">{serious[page] ? number(serious[page]!) : <span class="faint">0</span>}</span>
                </>
              );
            }}
          />
        ) : <p class="nothing">No page is like that. <button type="button" onClick={() => go("#/pages")}>Show all pages</button></p>}
      </section>
    </div>
  );
}

function Order({ sorts, filter, change }: {
  sorts: Record<string, string>; filter: Filter; change: (filter: Filter) => void;
}) {
  return (
    <label>Order <select value={filter.sort in sorts ? filter.sort : ""} onChange={(event) => change({ ...filter, sort: event.currentTarget.value })}>
      {Object.entries(sorts).map(([value, label]) => <option value={value}>{label}</option>)}
    </select></label>
  );
}
