import { useMemo } from "preact/hooks";
import { write, type Address } from "../address";
import { findFindings, type Filter } from "../data/filter";
import type { Report } from "../data/report";
import { count, number } from "../format";
import { Facets } from "../parts/facets";
import { Severity } from "../parts/small";
import { Foreign, Message, Visible } from "../parts/text";
import { Rows } from "../parts/virtual";

const SORTS: Record<string, string> = { "": "worst first", page: "by page", check: "by check" };

/** All findings, narrowed and ordered; what repeats itself on a page is one row. */
export function Findings({ report, address, go }: {
  report: Report; address: Address; go: (hash: string) => void;
}) {
  const { filter } = address;
  const { findings, checks, names } = report.core;
  const each = address.more.each === "1";
  const key = write({ ...address, view: "findings" });
  const found = useMemo(() => findFindings(report, filter), [report, key]);
  const rows = useMemo(() => ordered(report, found.rows, filter.sort, each), [found, filter.sort, each]);
  const pageCount = useMemo(() => new Set(Array.from(found.rows, (i) => findings.page[i]!)).size, [found]);
  const change = (next: Filter) => go(write({ ...address, filter: next }));
  const href = (row: Group) => {
    const page = findings.page[row.first]!;
    return write({ view: "page", page: report.name(page), finding: `~${row.first - report.ofPage[page]![0]!}` });
  };
  return (
    <div class="work">
      <Facets filter={filter} counts={found.counts} change={change} placeholder="message, text, check or path" />
      <section aria-label="Findings" class="list">
        <div class="list-head">
          <p role="status"><b>{count(found.rows.length, "finding")}</b> on {count(pageCount, "page")}
            {rows.length !== found.rows.length ? <span class="faint"> in {count(rows.length, "row")}</span> : null}</p>
          <label>Order <select value={filter.sort in SORTS ? filter.sort : ""} onChange={(event) => change({ ...filter, sort: event.currentTarget.value })}>
            {Object.entries(SORTS).map(([value, label]) => <option value={value}>{label}</option>)}
          </select></label>
          <label class="check"><input type="checkbox" checked={!each}
            onChange={() => go(write({ ...address, more: { ...address.more, each: each ? "" : "1" } }))} />One row for what repeats on a page</label>
        </div>
        {rows.length ? (
          <Rows
            count={rows.length}
            height={58}
            label="Findings"
            of={key}
            open={(index) => go(href(rows[index]!))}
            head={<><span role="columnheader" class="c-sev">Severity</span><span role="columnheader" class="c-what">Finding</span>
              <span role="columnheader" class="c-check">Check</span><span role="columnheader" class="c-where">Where</span></>}
            row={(index) => {
              const row = rows[index]!;
              const i = row.first;
              const page = findings.page[i]!;
              const text = report.text(findings.text[i]!);
              const locale = report.locale(page);
              return (
                <>
                  <span role="gridcell" class="c-sev"><Severity rank={findings.severity[i]!} name={names.severity[findings.severity[i]!]!} />
                    <span class="under">{names.confidence[findings.confidence[i]!]}</span></span>
                  <span role="gridcell" class="c-what">
                    <span class="message">{row.many > 1 ? <b class="times">{number(row.many)} × </b> : null}<Message text={report.text(findings.message[i]!)} /></span>
                    <span class="quote">{text ? <Foreign lang={report.language(page)}><Visible text={text} /></Foreign> : null}</span>
                  </span>
                  <span role="gridcell" class="c-check">{checks[findings.check[i]!]!.id}{findings.fix[i] ? <span class="under">{findings.fix[i] === 2 ? "safe fix" : "has a fix"}</span> : null}</span>
                  <span role="gridcell" class="c-where"><a href={href(row)} tabIndex={-1}><bdi dir="ltr"><Visible text={report.path(page).slice(report.path(page).lastIndexOf("/") + 1)} /></bdi>:{findings.line[i]}</a>
                    <span class="under"><span class="code">{locale}</span> <bdi dir="ltr"><Visible text={report.path(page).slice(0, report.path(page).lastIndexOf("/") + 1)} /></bdi></span></span>
                </>
              );
            }}
          />
        ) : (
          <p class="nothing">Nothing here{filter.q || filter.path ? " has that text" : ""}. <button type="button" onClick={() => go("#/findings")}>Show all findings</button></p>
        )}
      </section>
    </div>
  );
}

interface Group {
  first: number;
  many: number;
}

/** The rows of the list: the first of each group, and how many there are. */
function ordered(report: Report, found: Int32Array, sort: string, each: boolean): Group[] {
  const { findings, checks } = report.core;
  let groups: Group[];
  if (each) groups = Array.from(found, (first) => ({ first, many: 1 }));
  else {
    const seen = new Map<number, Group>();
    for (const first of found) {
      const key = (findings.page[first]! * checks.length + findings.check[first]!) * 3 + findings.severity[first]!;
      const group = seen.get(key);
      if (group) group.many++;
      else seen.set(key, { first, many: 1 });
    }
    groups = [...seen.values()];
  }
  const { severity, confidence, check } = findings;
  if (sort === "page") return groups.sort((a, b) => a.first - b.first);
  if (sort === "check") return groups.sort((a, b) => check[a.first]! - check[b.first]! || a.first - b.first);
  return groups.sort((a, b) =>
    severity[a.first]! - severity[b.first]! || confidence[a.first]! - confidence[b.first]! || a.first - b.first);
}
