import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { listed, write, type Address } from "../address";
import type { Report } from "../data/report";
import type { FindingRow, LoadedPage, UnitRow } from "../data/types";
import { forgeAddress } from "../forge";
import { count, localeName, number, percent, words } from "../format";
import { Command, Out, Severity, Status } from "../parts/small";
import { Changed, Foreign, Visible } from "../parts/text";
import { command } from "../shell";
import { FindingCard } from "./finding";

/** A page beside itself: the source at the pin, the source now, the translation. */
export function PageView({ report, address, go }: {
  report: Report; address: Address; go: (hash: string) => void;
}) {
  const page = report.find(address.page);
  const [loaded, setLoaded] = useState<LoadedPage | null>(null);
  const [failed, setFailed] = useState("");
  useEffect(() => {
    let gone = false;
    setLoaded(null);
    if (page >= 0) report.page(page).then((all) => gone || setLoaded(all), (error) => gone || setFailed(String(error)));
    return () => void (gone = true);
  }, [report, page]);
  if (page < 0) return <p class="nothing">This report has no page <bdi><Visible text={address.page} /></bdi>. <a href="#/pages">All pages</a></p>;
  if (failed) return <p class="nothing">{failed}</p>;
  return (
    <article class="page">
      <Head report={report} page={page} />
      {loaded ? <Body report={report} page={page} loaded={loaded} address={address} go={go} /> : <p role="status">Opening the page.</p>}
    </article>
  );
}

function Head({ report, page }: { report: Report; page: number }) {
  const { pages, queue, names, places } = report.core;
  const locale = report.locale(page);
  const path = pages.path[page] ?? null;
  const source = report.sourcePath(page);
  const pin = pages.pin[page]! >= 0 ? report.text(pages.pin[page]!) : null;
  const item = report.queued[page]!;
  const isSource = pages.locale[page]! < 0;
  const place = isSource ? places[""] : places[locale];
  const changes = names.change.filter((_, at) => pages.changes[page]! & (1 << at));
  const safePin = pin && /^[0-9a-f]{7,64}$/i.test(pin) ? pin : null;
  const segments = pages.total[page]! < 0 ? null
    : [["stale", pages.stale[page]!], ["new", pages.new[page]!], ["obsolete", pages.obsolete[page]!]].filter(([, n]) => (n as number) > 0);
  return (
    <header class="page-head">
      <p class="crumbs"><a href={listed("pages", { locale })}>{isSource ? "Source" : localeName(locale)}</a> <span class="code">{locale}</span> <Status name={report.status(page)} />
        {pages.moved[page] ? <span class="faint"> moved</span> : null}</p>
      <h2><bdi><Visible text={report.path(page)} /></bdi></h2>
      <dl class="facts">
        {source !== null && source !== path ? <div><dt>Source</dt><dd><bdi><Visible text={source} /></bdi></dd></div> : null}
        {pin ? <div><dt>Pin</dt><dd><code><Visible text={pin.slice(0, 12)} /></code></dd></div> : null}
        {pages.reason[page]! >= 0 ? <div><dt>Why</dt><dd>{words(report.text(pages.reason[page]!))}</dd></div> : null}
        {pages.words[page]! >= 0 ? <div><dt>Words to do</dt><dd>{number(pages.words[page]!)}</dd></div> : null}
        {segments ? <div><dt>Segments</dt><dd>{number(pages.total[page]!)}{segments.map(([name, n]) => `, ${n} ${name}`).join("")}</dd></div> : null}
        {changes.length ? <div><dt>What changed in the source</dt><dd>{changes.map(words).join(", ")}</dd></div> : null}
        {pages.ht[page]! >= 0 ? <div><dt>Human share</dt><dd>{percent(pages.ht[page]!)}</dd></div> : null}
        {pages.workflow[page]! >= 0 ? <div><dt>Workflow</dt><dd><Visible text={report.text(pages.workflow[page]!)} /></dd></div> : null}
        {pages.paired[page]! >= 0 ? <div><dt>Paired by</dt><dd>{report.text(pages.paired[page]!)}</dd></div> : null}
      </dl>
      <p class="outs">
        <Out href={forgeAddress(place, path, 1)}>{isSource ? "This page" : "The translation"}</Out>
        {isSource ? null : <Out href={forgeAddress(places[""], source, 1)}>The source now</Out>}
        {isSource ? null : <Out href={safePin ? forgeAddress(places[""], report.basePath(page), 1, safePin) : null}>The source at the pin</Out>}
      </p>
      {item >= 0 ? (
        <details class="why">
          <summary>Number {queue.rank[item]} in the queue of {locale}, with {count(queue.score[item]!, "point")}</summary>
          <ul>{queue.texts[item]!.map((n, at) => <li><b>{queue.reasons[item]![2 * at + 1]}</b> <Visible text={report.text(n)} /></li>)}</ul>
        </details>
      ) : null}
      {path !== null && !isSource ? (
        <p class="commands">
          <Command label="Review it" line={command("review --locale", locale, path)} />
          {report.ofPage[page]!.some((i) => report.core.findings.fix[i] === 2) ? <Command label="Apply the safe fixes" line={command("fix", path)} /> : null}
          {report.status(page) === "stale" ? <Command label="When all is brought up to date" line={command("stamp", path)} /> : null}
        </p>
      ) : null}
    </header>
  );
}

const [KIND, STATE, CHANGE, ANSWERED, WORDS, BASE, BASE_LINE, HEAD, HEAD_LINE, TARGET, TARGET_LINE] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const STATES = ["current", "stale", "obsolete", "new"];

function Body({ report, page, loaded, address, go }: {
  report: Report; page: number; loaded: LoadedPage; address: Address; go: (hash: string) => void;
}) {
  const { strings, units, findings } = loaded;
  const own = report.ofPage[page]!;
  const chosen = useMemo(() => {
    if (address.finding.startsWith("~")) return Number(address.finding.slice(1));
    return findings.findIndex((one) => one[0] === address.finding);
  }, [loaded, address.finding]);
  const byUnit = useMemo(() => {
    const map = new Map<number, number[]>();
    findings.forEach((one, at) => map.set(one[1], [...(map.get(one[1]) ?? []), at]));
    return map;
  }, [loaded]);
  const interesting = units.map((unit, at) => unit[STATE]! > 0 || unit[CHANGE]! >= 0 || byUnit.has(at));
  const all = address.more.all === "1" || !interesting.some(Boolean);
  const near = units.map((_, at) => interesting[at] || interesting[at - 1] || interesting[at + 1]);
  const isSource = report.core.pages.locale[page]! < 0;
  const hasBase = units.some((unit) => unit[BASE]! >= 0);
  const anyChange = units.some((unit) => unit[BASE] !== unit[HEAD] && (unit[BASE]! >= 0));
  const box = useRef<HTMLDivElement>(null);
  const at = useRef(-1);
  at.current = chosen;

  useEffect(() => {
    if (chosen < 0) return;
    const card = box.current?.querySelector<HTMLElement>(`#finding-${chosen}`);
    card?.scrollIntoView({ block: "center" });
    card?.focus({ preventScroll: true });
  }, [loaded, chosen]);
  // In the order of the page, not of the list.
  const order = useMemo(() => {
    const outside = byUnit.get(-1) ?? [];
    return [...outside, ...units.flatMap((_, n) => byUnit.get(n) ?? [])];
  }, [loaded]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!order.length || (event as unknown as { bilint?: string }).bilint === undefined) return;
      const step = event.key === "n" ? 1 : -1;
      const now = order.indexOf(at.current);
      const next = now < 0 ? (step > 0 ? 0 : order.length - 1) : (now + step + order.length) % order.length;
      go(write({ ...address, finding: findings[order[next]!]![0] }));
    };
    addEventListener("bilint-step", onKey as EventListener);
    return () => removeEventListener("bilint-step", onKey as EventListener);
  }, [loaded, address]);

  const card = (finding: number) => (
    <FindingCard key={finding} report={report} page={page} index={own[finding]!} row={findings[finding]!} loaded={loaded}
      at={finding} chosen={finding === chosen} address={address} />
  );
  const outside = byUnit.get(-1) ?? [];
  const rows = [];
  let hidden = 0;
  const gap = (key: string) => {
    if (hidden) {
      rows.push(<p class="gap" key={key}>{count(hidden, "segment")} without anything to do or to say</p>);
    }
    hidden = 0;
  };
  for (const [n, unit] of units.entries()) {
    if (!all && !near[n]) {
      hidden++;
      continue;
    }
    gap(`gap-${n}`);
    rows.push(
      <Unit key={n} report={report} page={page} unit={unit} strings={strings} number={n}
        findings={(byUnit.get(n) ?? []).map((f) => ({ at: f, row: findings[f]!, index: own[f]! }))} chosen={chosen} address={address}>
        {(byUnit.get(n) ?? []).map(card)}
      </Unit>,
    );
  }
  gap("gap-end");
  return (
    <div ref={box}>
      <div class="list-head">
        <p role="status">{findings.length ? <b>{count(findings.length, "finding")}</b> : "No finding"}
          {findings.length ? <span class="faint"> (n and p step through them)</span> : null}</p>
        {units.length ? (
          <label class="check"><input type="checkbox" checked={all} disabled={!interesting.some(Boolean)}
            onChange={() => go(write({ ...address, more: { ...address.more, all: all ? "" : "1" } }))} />All {number(units.length)} segments</label>
        ) : null}
      </div>
      {outside.length ? (
        <section aria-label="Findings outside the segments" class="outside">
          <h3>On the page as a whole, and outside its segments</h3>
          {outside.map(card)}
        </section>
      ) : null}
      {units.length ? (
        <section aria-label="Segments" class={`units ${isSource ? "one" : hasBase && anyChange ? "three" : "pair"}`}>
          <div class="unit-head" aria-hidden="true">
            {hasBase && anyChange ? <><span>Source at the pin</span><span>Source now</span></> : <span>{hasBase ? "Source, the same at the pin and now" : "Source now"}</span>}
            {isSource ? null : <span>{localeName(report.locale(page))}</span>}
          </div>
          {rows}
        </section>
      ) : <p class="nothing">The text of this page is not in the report.</p>}
    </div>
  );
}

interface Placed {
  at: number;
  row: FindingRow;
  index: number;
}

function Unit({ report, page, unit, strings, findings, chosen, address, number: n, children }: {
  report: Report; page: number; unit: UnitRow; strings: string[]; findings: Placed[]; chosen: number;
  address: Address; number: number; children: preact.ComponentChildren;
}) {
  const { places, names } = report.core;
  const locale = report.locale(page);
  const isSource = report.core.pages.locale[page]! < 0;
  const language = places[""]?.language ?? "en";
  const base = unit[BASE]! >= 0 ? strings[unit[BASE]!]! : null;
  const head = unit[HEAD]! >= 0 ? strings[unit[HEAD]!]! : null;
  const target = unit[TARGET]! >= 0 ? strings[unit[TARGET]!]! : null;
  const same = base === null || head === null ? false : base === head;
  const state = unit[STATE]! >= 0 ? STATES[unit[STATE]!]! : "";
  const kind = strings[unit[KIND]!] ?? "";
  const pin = report.core.pages.pin[page]! >= 0 ? report.text(report.core.pages.pin[page]!) : "";
  const source = report.sourcePath(page);
  const line = (side: "base" | "head" | "target", at: number) => {
    const href = side === "target" ? forgeAddress(places[locale], report.core.pages.path[page] ?? null, at)
      : side === "head" ? forgeAddress(places[""], source, at)
        : /^[0-9a-f]{7,64}$/i.test(pin) ? forgeAddress(places[""], report.basePath(page), at, pin) : null;
    return href ? <a class="line" href={href} target="_blank" rel="noopener noreferrer" aria-label={`Line ${at} on the forge`}>{at}</a> : <span class="line" aria-label={`Line ${at}`}>{at}</span>;
  };
  const missing = (text: string) => <span class="missing">{text}</span>;
  const both = base !== null && head !== null && !same;
  const changed = names.change[unit[CHANGE]!];
  return (
    <div class={`unit ${state} ${kind}`} id={`unit-${n}`}>
      {state && state !== "current" || changed ? (
        <p class="unit-state"><span class={`state ${state || "changed"}`}>{unit[ANSWERED] ? "answered" : state && state !== "current" ? state : "changed"}</span>
          {changed ? ` ${words(changed)}` : ""}{unit[WORDS] ? `, ${count(unit[WORDS]!, "word")} to do` : ""}</p>
      ) : null}
      {same || (base === null && head !== null && (unit[STATE]! < 0 || isSource)) || (head === null && base !== null && state !== "obsolete" && unit[STATE]! >= 0 && kind !== "block") ? (
        <div class="text source same"><span class="visually-hidden">Source: </span>{line(head === null ? "base" : "head", head === null ? unit[BASE_LINE]! : unit[HEAD_LINE]!)}
          <Foreign lang={language}>{isSource ? <Marked text={head ?? ""} findings={findings} report={report} chosen={chosen} address={address} /> : <Visible text={head ?? base ?? ""} />}</Foreign></div>
      ) : (
        <>
          <div class="text source base"><span class="visually-hidden">Source at the pin: </span>
            {base === null ? missing(state === "new" || kind === "block" ? "not there yet" : "none") : <>{line("base", unit[BASE_LINE]!)}<Foreign lang={language}>{both ? <Changed before={base} after={head!} side="before" lang={language} /> : state === "obsolete" || kind === "block" ? <del><Visible text={base} /></del> : <Visible text={base} />}</Foreign></>}</div>
          <div class="text source head"><span class="visually-hidden">Source now: </span>
            {head === null ? missing(base === null ? "none" : "taken out") : <>{line("head", unit[HEAD_LINE]!)}<Foreign lang={language}>{both ? <Changed before={base!} after={head} side="after" lang={language} /> : state === "new" || kind === "block" ? <ins><Visible text={head} /></ins> : <Visible text={head} />}</Foreign></>}</div>
        </>
      )}
      {isSource ? null : (
        <div class="text target"><span class="visually-hidden">{locale}: </span>
          {target === null ? (kind === "block" ? missing("see the file") : missing("not there")) : <>{line("target", unit[TARGET_LINE]!)}
            <Foreign lang={locale}><Marked text={target} findings={findings} report={report} chosen={chosen} address={address} /></Foreign></>}</div>
      )}
      {findings.length ? <div class="cards">{children}</div> : null}
    </div>
  );
}

/** Text with the places of findings in it, which may lie in each other. */
function Marked({ text, findings, report, chosen, address }: {
  text: string; findings: Placed[]; report: Report; chosen: number; address: Address;
}) {
  const marks = findings.filter(({ row }) => row[3] > row[2] && row[2] < text.length);
  if (!marks.length) return <Visible text={text} />;
  const edges = [...new Set([0, text.length, ...marks.flatMap(({ row }) => [row[2], Math.min(row[3], text.length)])])].sort((a, b) => a - b);
  return (
    <>
      {edges.slice(0, -1).map((from, at) => {
        const part = text.slice(from, edges[at + 1]);
        const over = marks.filter(({ row }) => row[2] <= from && row[3] > from);
        if (!over.length) return <Visible text={part} />;
        const worst = over.reduce((a, b) => (report.core.findings.severity[b.index]! < report.core.findings.severity[a.index]! ? b : a));
        const name = report.core.names.severity[report.core.findings.severity[worst.index]!]!;
        return (
          <mark class={`${name} ${over.some((one) => one.at === chosen) ? "chosen" : ""}`}>
            <a href={write({ ...address, finding: worst.row[0] })} tabIndex={-1}><Visible text={part} /></a>
          </mark>
        );
      })}
    </>
  );
}

export { Severity };
