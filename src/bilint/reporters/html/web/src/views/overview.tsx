import { useMemo } from "preact/hooks";
import { listed, write, type Address } from "../address";
import { HeatMap } from "../charts/heat";
import { TrendChart } from "../charts/trend";
import { heat, localeFigures, total, type LocaleFigures, type Measure } from "../data/figures";
import type { Report } from "../data/report";
import { SOURCE } from "../data/report";
import type { RunLocale } from "../data/types";
import { count, day, hours, localeName, number, percent, signed, words } from "../format";
import { Bar } from "../parts/small";
import { plainly } from "../parts/text";

const MEASURES: Record<Measure, string> = {
  words: "Words to do", findings: "Errors and warnings", errors: "Errors", behind: "Pages behind, in percent",
};

/** The first screen, for the person responsible. */
export function Overview({ report, address, go }: {
  report: Report; address: Address; go: (hash: string) => void;
}) {
  const figures = useMemo(() => localeFigures(report), [report]);
  const all = useMemo(() => total([...figures.locales, figures.source]), [figures]);
  return (
    <>
      <About report={report} />
      <Headline report={report} figures={figures.locales} source={figures.source} all={all} />
      <LocaleTable report={report} locales={figures.locales} source={figures.source} all={all} />
      <div class="two">
        <Areas report={report} address={address} go={go} />
        <First report={report} />
      </div>
      <Trends report={report} />
      <Honest report={report} />
    </>
  );
}

/** What this is a report on. */
function About({ report }: { report: Report }) {
  const { source, locales, trend } = report.core;
  const known = source.repository?.replace(/\.git$/, "");
  return (
    <p class="about">
      Translations {known ? <>of <b><bdi>{plainly(known)}</bdi></b> </> : ""}into {locales.length <= 6 ? locales.map(localeName).join(", ") : count(locales.length, "locale")}
      {source.revision ? <>, with the source at <code>{source.revision.slice(0, 9)}</code></> : ", with the source as it lies on disk"}
      {trend?.runs.length ? `; ${day(trend.runs.at(-1)!.at)}` : ""}
    </p>
  );
}

function Headline({ report, figures, source, all }: {
  report: Report; figures: LocaleFigures[]; source: LocaleFigures; all: LocaleFigures;
}) {
  const onSource = source.severities.reduce((sum, one) => sum + one, 0);
  const of = (name: string) => all.statuses[report.core.names.status.indexOf(name)] ?? 0;
  const good = of("current") + of("cosmetic");
  const unknown = of("unknown") + of("unpinned") + of("clash");
  const judged = all.pages - unknown;
  const changes = report.core.trend?.since ? report.core.trend.changes : [];
  const fresh = changes.reduce((sum, one) => sum + one[1], 0);
  const fixed = changes.reduce((sum, one) => sum + one[2], 0);
  return (
    <section aria-labelledby="in-short" class="tiles">
      <h2 id="in-short" class="visually-hidden">In short</h2>
      <Tile name="Up to date" value={judged ? percent((100 * good) / judged) : "–"} href={listed("pages", { status: "current" })}
        note={`${number(good)} of ${count(judged, "page")} in ${count(figures.length, "locale")}${unknown ? `; ${number(unknown)} not known` : ""}`} />
      <Tile name="Words to do" value={number(all.words)} href={listed("queue", {})}
        note={all.minutes ? `about ${hours(all.minutes)} for ${count(all.queue, "page")} with work` : "nothing is waiting"} />
      <Tile name="Errors" value={number(all.severities[0]!)} kind={all.severities[0] ? "error" : ""} href={listed("findings", { severity: "error" })}
        note={`and ${count(all.severities[1]!, "warning")}, ${count(all.severities[2]!, "note")}${onSource ? `; ${number(onSource)} of all on source pages` : ""}`} />
      {changes.length ? (
        <Tile name="Since the last run" value={fresh + fixed ? `+${number(fresh)} −${number(fixed)}` : "the same"} href="#trends"
          note={fresh + fixed ? `new and fixed findings since ${day(report.core.trend!.since!)}` : `no finding came or went since ${day(report.core.trend!.since!)}`} />
      ) : (
        <Tile name="Translated by people" value={shares(figures)} href={listed("pages", { sort: "ht" })} note="of the words, as the pages themselves say" />
      )}
    </section>
  );
}

function shares(figures: LocaleFigures[]): string {
  const known = figures.map((one) => one.human).filter((one) => one !== null);
  if (!known.length) return "–";
  const least = Math.round(Math.min(...known));
  const most = Math.round(Math.max(...known));
  return least === most ? `${least} %` : `${least}–${most} %`;
}

function Tile({ name, value, note, href, kind = "" }: {
  name: string; value: string; note: string; href: string; kind?: string;
}) {
  return (
    <a class={`tile ${kind}`} href={href}>
      <span class="tile-name">{name}</span>
      <span class="tile-value">{value}</span>
      <span class="tile-note">{note}</span>
    </a>
  );
}

function LocaleTable({ report, locales, source, all }: {
  report: Report; locales: LocaleFigures[]; source: LocaleFigures; all: LocaleFigures;
}) {
  const { core } = report;
  const shown = core.families.map((_, at) => at).filter((at) => all.families[at]! > 0);
  const most = Math.max(1, ...locales.flatMap((one) => one.families));
  const trend = core.trend;
  const since = trend?.since ?? null;
  const before = trend && trend.runs.length > 1 ? trend.runs.at(-2)!.locales : [];
  const rows = source.severities.some(Boolean) ? [...locales, source] : locales;
  return (
    <section aria-labelledby="locales-title">
      <h2 id="locales-title">Locales</h2>
      <div class="scroll" tabIndex={0} role="region" aria-label="The locales as a table">
        <table class="locales">
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>Locale</th>
              <th scope="col" rowSpan={2} class="wide">Pages by status</th>
              <th scope="col" rowSpan={2} class="num">Words to do</th>
              <th scope="col" rowSpan={2} class="num">Human share</th>
              <th scope="col" rowSpan={2} class="num">Errors</th>
              <th scope="col" rowSpan={2} class="num">Warnings</th>
              {shown.length ? <th scope="colgroup" colSpan={shown.length} class="group">Open errors and warnings by family</th> : null}
              {since ? <th scope="col" rowSpan={2}>Since {day(since)}</th> : null}
            </tr>
            <tr>{shown.map((at) => <th scope="col" class="family">{words(core.families[at]!)}</th>)}</tr>
          </thead>
          <tbody>
            {rows.map((one) => {
              const name = one.locale || SOURCE;
              return (
                <tr>
                  <th scope="row">
                    <a href={listed("pages", { locale: name })}>{one.locale ? localeName(one.locale) : "Source pages"}</a>
                    {one.locale ? <span class="code">{one.locale}</span> : null}
                  </th>
                  <td class="wide">{one.pages ? <Statuses report={report} one={one} /> : <span class="faint">findings on the source itself</span>}</td>
                  <td class="num">{one.locale ? <a href={listed("queue", { locale: name, sort: "words" })}>{number(one.words)}</a> : ""}
                    {one.locale && one.minutes ? <span class="under">{hours(one.minutes)}</span> : null}</td>
                  <td class="num">{one.locale ? <>{percent(one.human)}{one.human === null ? null : <Share value={one.human} />}</> : ""}</td>
                  <td class="num"><Number value={one.severities[0]!} kind="error" href={listed("findings", { locale: name, severity: "error" })} /></td>
                  <td class="num"><Number value={one.severities[1]!} kind="warning" href={listed("findings", { locale: name, severity: "warning" })} /></td>
                  {shown.map((at) => {
                    const value = one.families[at]!;
                    const step = value ? Math.min(6, 1 + Math.floor(6 * Math.sqrt(value / most) * 0.9999)) : 0;
                    return (
                      <td class={`num family heat-${step}`}>
                        {value ? <a href={findingsOf(name, core.families[at]!)}>{number(value)}</a> : <span class="faint">0</span>}
                      </td>
                    );
                  })}
                  {since ? <td><Since report={report} locale={one.locale || null} before={before.find((b) => b.locale === one.locale)} now={one} /></td> : null}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <StatusLegend report={report} all={all} />
      <Budgets report={report} />
      {trend?.unlike.length ? (
        <details class="note unlike">
          <summary>The last two runs were not measured alike: what is new or fixed may be so for Bilint alone.</summary>
          <ul>{trend.unlike.map((one) => <li>{plainly(one)}</li>)}</ul>
        </details>
      ) : null}
    </section>
  );
}

/** Limits of the settings, the broken ones first. */
function Budgets({ report }: { report: Report }) {
  const { budgets } = report.core;
  if (!budgets.length) return null;
  const said = (value: number | null) => (value === null ? "not known" : number(Math.round(value * 100) / 100));
  return (
    <ul class="budgets" aria-label="Budgets">
      {[...budgets].sort((a, b) => (a[4] === b[4] ? 0 : a[4] ? -1 : 1)).map(([locale, name, limit, value, broken]) => (
        <li class={broken ? "broken" : ""}>
          <b>{broken ? "Over budget" : "Within budget"}</b> <span class="code">{locale}</span> {words(name.replace(/^(min|max)_/, ""))}: {said(value)}, allowed {name.startsWith("min_") ? "at least" : "at most"} {said(limit)}
        </li>
      ))}
    </ul>
  );
}

function findingsOf(locale: string, family: string): string {
  return `${listed("findings", { locale, family })}&severity=error,warning`;
}

function Number({ value, kind, href }: { value: number; kind: string; href: string }) {
  return value ? <a class={`strong ${kind}`} href={href}>{number(value)}</a> : <span class="faint">0</span>;
}

function Share({ value }: { value: number }) {
  return (
    <svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="rest" width="100" height="6" /><rect class="human" width={value} height="6" />
    </svg>
  );
}

function Statuses({ report, one }: { report: Report; one: LocaleFigures }) {
  const parts = ORDER.map((name) => ({ name, value: one.statuses[report.core.names.status.indexOf(name)] ?? 0 }));
  const said = parts.filter((part) => part.value).map((part) => `${number(part.value)} ${words(part.name)}`).join(", ");
  return (
    <div class="statuses">
      <Bar parts={parts} label={`${count(one.pages, "page")}: ${said}`} />
      <span class="under">{count(one.pages, "page")}{said ? ": " : ""}
        {parts.filter((part) => part.value).map((part, at) => (
          <>{at ? ", " : ""}<a href={listed("pages", { locale: one.locale, status: part.name })}>{number(part.value)} {words(part.name)}</a></>
        ))}
      </span>
    </div>
  );
}

/** From good to bad, and what is not known last. */
const ORDER = ["current", "cosmetic", "stale", "orphan", "untranslated", "clash", "unpinned", "unknown"];

function StatusLegend({ report, all }: { report: Report; all: LocaleFigures }) {
  return (
    <p class="legend">
      {ORDER.filter((name) => all.statuses[report.core.names.status.indexOf(name)]).map((name) => (
        <span class="key"><span class={`swatch ${name}`} />{words(name)}<span class="faint"> {MEANING[name]}</span></span>
      ))}
    </p>
  );
}

const MEANING: Record<string, string> = {
  current: "as the source is now",
  cosmetic: "only markup, punctuation or white space changed in the source",
  stale: "the source changed",
  orphan: "the source page has gone",
  untranslated: "not there yet",
  clash: "several pages claim one source",
  unpinned: "says no source version",
  unknown: "its source version cannot be found",
};

function Since({ report, locale, before, now }: {
  report: Report; locale: string | null; before: RunLocale | undefined; now: LocaleFigures;
}) {
  const change = report.core.trend!.changes.find((one) => one[0] === locale);
  const done = before ? now.words - before.words : null;
  return (
    <span class="since">
      {change ? <span><b class={change[1] ? "worse" : ""}>{number(change[1])} new</b>, <b class={change[2] ? "better" : ""}>{number(change[2])} fixed</b></span> : <span class="faint">–</span>}
      {done !== null ? <span class="under">{signed(done)} words</span> : null}
    </span>
  );
}

function Areas({ report, address, go }: { report: Report; address: Address; go: (hash: string) => void }) {
  const single = report.core.locales.length < 2;
  const by = address.more.by === "family" || (single && address.more.by !== "locale") ? "family" : "locale";
  const usable: Measure[] = by === "family" ? ["findings", "errors"] : ["words", "findings", "errors", "behind"];
  const anyWords = useMemo(() => report.core.pages.words.some((one) => one > 0), [report]);
  const chosen = address.more.heat as Measure;
  const measure = usable.includes(chosen) ? chosen : by === "family" || !anyWords ? "findings" : "words";
  const cells = useMemo(() => heat(report, measure, by), [report, measure, by]);
  const choose = (more: Record<string, string>) =>
    go(write({ view: "overview", more: { ...address.more, ...more } }));
  return (
    <section aria-labelledby="areas-title">
      <div class="title-row">
        <h2 id="areas-title">Areas of the guide</h2>
        <label>Show <select value={measure} onChange={(event) => choose({ heat: event.currentTarget.value })}>
          {usable.map((name) => <option value={name}>{MEASURES[name]}</option>)}
        </select></label>
        <label>by <select value={by} onChange={(event) => choose({ by: event.currentTarget.value })}>
          <option value="locale">locale</option><option value="family">family of checks</option>
        </select></label>
      </div>
      <HeatMap cells={cells} measure={measure} by={by} areas={report.areas}
        title={`${MEASURES[measure]} by area and ${by === "locale" ? "locale" : "family of checks"}`} />
    </section>
  );
}

function First({ report }: { report: Report }) {
  const { queue } = report.core;
  const items = queue.page.map((_, at) => at).sort((a, b) => queue.score[b]! - queue.score[a]!).slice(0, 6);
  if (!items.length) return null;
  return (
    <section aria-labelledby="first-title">
      <div class="title-row"><h2 id="first-title">What to do first</h2><a href="#/queue">The whole queue</a></div>
      <ol class="first">
        {items.map((item) => {
          const page = queue.page[item]!;
          return (
            <li>
              <a href={write({ view: "page", page: report.name(page) })}><bdi>{plainly(report.path(page))}</bdi></a>
              <span class="code">{report.locale(page)}</span>
              <span class="under">{queue.texts[item]!.slice(0, 3).map((n) => plainly(report.text(n))).join(" · ")}</span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

function Trends({ report }: { report: Report }) {
  const { trend, names } = report.core;
  if (!trend || trend.runs.length < 2) {
    return (
      <section aria-labelledby="trends" class="empty">
        <h2 id="trends">Trends</h2>
        <p>
          {trend ? "One run is known so far: from the next one on, its figures are drawn here." : "No history was given, so nothing can be said of what changed."}{" "}
          Keep one with <code>bilint report --history FILE</code>; <code>bilint history backfill --every 1w</code> rebuilds past runs out of git.
        </p>
      </section>
    );
  }
  const locales = [...new Set(trend.runs.flatMap((run) => run.locales.map((one) => one.locale)))].sort();
  const open = (one: RunLocale) => one.families.reduce((sum, each) => sum + each[0]! + each[1]!, 0);
  const stale = names.status.indexOf("stale");
  return (
    <section aria-labelledby="trends">
      <h2 id="trends" tabIndex={-1}>Trends</h2>
      <p class="note">{count(trend.runs.length, "run")} from {day(trend.runs[0]!.at)} to {day(trend.runs.at(-1)!.at)}
        {trend.runs.some((run) => run.rebuilt) ? "; past ones rebuilt out of git" : ""}.</p>
      <div class="charts">
        <TrendChart title="Words to do" unit="" runs={trend.runs} locales={locales} value={(one) => one.words} />
        <TrendChart title="Open errors and warnings" unit="" runs={trend.runs} locales={locales} value={open} />
        <TrendChart title="Stale pages" unit="" runs={trend.runs} locales={locales} value={(one) => one.pages[stale] ?? 0} />
        <TrendChart title="Share of words that people translated" unit=" %" runs={trend.runs} locales={locales} value={(one) => one.human} />
      </div>
    </section>
  );
}

function Honest({ report }: { report: Report }) {
  const { skipped, incidents } = report.core;
  if (!skipped.length && !incidents.length) return null;
  return (
    <p class="note">
      {incidents.length ? <><b class="worse">{count(incidents.length, "thing")} failed</b> in Bilint itself; </> : null}
      {skipped.length ? `${number(skipped.length)} skipped` : "nothing was skipped"}:{" "}
      <a href="#/notes">what and why</a>.
    </p>
  );
}
