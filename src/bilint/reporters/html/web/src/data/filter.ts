import type { Report } from "./report";
import { SOURCE } from "./report";

/** What a list is narrowed to; an empty set means all. */
export interface Filter {
  locale: Set<string>;
  severity: Set<string>;
  confidence: Set<string>;
  family: Set<string>;
  check: Set<string>;
  status: Set<string>;
  state: Set<string>;
  fix: Set<string>;
  path: string;
  q: string;
  sort: string;
}

export const FACETS = [
  "locale", "severity", "confidence", "family", "status", "state", "fix", "check",
] as const;
export type Facet = (typeof FACETS)[number];

/** Facets that a page has whether it has findings or not. */
export const PAGE_FACETS: readonly Facet[] = ["locale", "status"];

export const FIXES = ["none", "to look at", "safe"];

export function emptyFilter(): Filter {
  const sets = Object.fromEntries(FACETS.map((name) => [name, new Set<string>()]));
  return { ...(sets as Record<Facet, Set<string>>), path: "", q: "", sort: "" };
}

export type Counts = Record<Facet, Map<string, number>>;

export interface Found {
  /** Findings by number, in their order. */
  rows: Int32Array;
  counts: Counts;
}

/**
 * The findings that a filter lets through, and for each choice of a facet how many there would be.
 * With `pagesAmong`, the counts are of pages that have such findings, among these.
 */
export function findFindings(
  report: Report,
  filter: Filter,
  pagesAmong: ((page: number) => boolean) | null = null,
): Found {
  const { core } = report;
  const { findings, pages, names, checks } = core;
  const statuses = [...names.status, ""];
  const columns: [Facet, string[], (row: number) => number][] = [
    ["locale", [...core.locales, SOURCE], (i) => localeOf(pages.locale[findings.page[i]!]!)],
    ["severity", names.severity, (i) => findings.severity[i]!],
    ["confidence", names.confidence, (i) => findings.confidence[i]!],
    ["family", core.families, (i) => families[findings.check[i]!]!],
    ["status", statuses, (i) => statusOf(pages.status[findings.page[i]!]!)],
    ["state", names.state, (i) => findings.state[i]!],
    ["fix", FIXES, (i) => findings.fix[i]!],
    ["check", checks.map((one) => one.id), (i) => findings.check[i]!],
  ];
  const localeOf = (n: number) => (n < 0 ? core.locales.length : n);
  const statusOf = (n: number) => (n < 0 ? names.status.length : n);
  const families = checks.map((one) => core.families.indexOf(one.family));
  const wanted = columns.map(([facet, values]) => {
    // What is settled is shown only when it is asked for.
    const chosen = facet === "state" && !filter.state.size ? new Set(core.open.map((n) => names.state[n]!)) : filter[facet];
    return chosen.size ? values.map((value) => chosen.has(value)) : null;
  });
  const counts = columns.map(([, values]) => new Int32Array(values.length));
  // Findings stand page by page: a page is counted when it was not the last one that was.
  const lasts = columns.map(([, values]) => new Int32Array(values.length).fill(-1));
  const tally = (column: number, row: number) => {
    const value = columns[column]![2](row);
    if (pagesAmong) {
      if (lasts[column]![value] === findings.page[row]!) return;
      lasts[column]![value] = findings.page[row]!;
    }
    counts[column]![value]!++;
  };
  const matches = matcher(report, filter);
  const rows = new Int32Array(findings.page.length);
  let found = 0;
  for (let i = 0; i < findings.page.length; i++) {
    if (!matches(i) || (pagesAmong && !pagesAmong(findings.page[i]!))) continue;
    let failed = -1;
    let failures = 0;
    for (let c = 0; c < columns.length && failures < 2; c++) {
      const want = wanted[c];
      if (want && !want[columns[c]![2](i)]) {
        failures++;
        failed = c;
      }
    }
    if (failures === 0) {
      rows[found++] = i;
      for (let c = 0; c < columns.length; c++) tally(c, i);
    } else if (failures === 1) tally(failed, i);
  }
  return { rows: rows.slice(0, found), counts: asMaps(columns, counts) };
}

function asMaps(columns: [Facet, string[], unknown][], counts: Int32Array[]): Counts {
  return Object.fromEntries(
    columns.map(([facet, values], at) => [
      facet,
      new Map(values.map((value, n) => [value, counts[at]![n]!] as const)),
    ]),
  ) as unknown as Counts;
}

/** Whether a finding is in the path and has the text; each string is looked at once. */
function matcher(report: Report, filter: Filter): (finding: number) => boolean {
  const { findings, checks } = report.core;
  const inPath = pathMatcher(report, filter.path);
  const words = wordsOf(filter.q);
  if (!words.length) return inPath ? (i) => inPath[findings.page[i]!]! : () => true;
  const tests = words.map((word) => {
    const strings = report.core.strings.map((text) => text.toLowerCase().includes(word));
    const pages = pathMatcher(report, word)!;
    const ids = checks.map((one) => one.id.includes(word));
    return (i: number) =>
      strings[findings.message[i]!] || strings[findings.text[i]!] || strings[findings.subject[i]!] ||
      pages[findings.page[i]!] || ids[findings.check[i]!];
  });
  return (i) => (!inPath || inPath[findings.page[i]!]!) && tests.every((test) => test(i));
}

export function wordsOf(q: string): string[] {
  return q.toLowerCase().split(/\s+/).filter(Boolean);
}

/** By page, whether its path holds some text, or is like a pattern with `*`; null for all. */
export function pathMatcher(report: Report, path: string): boolean[] | null {
  if (!path) return null;
  const wanted = path.toLowerCase();
  const parts = wanted.split("*");
  const test = (text: string) => {
    if (parts.length === 1) return text.includes(wanted);
    let at = 0;
    for (const [number, part] of parts.entries()) {
      const next = text.indexOf(part, at);
      if (next < 0 || (number === 0 && next > 0)) return false;
      at = next + part.length;
    }
    return parts.at(-1) === "" || text.endsWith(parts.at(-1)!);
  };
  return Array.from({ length: report.pageCount }, (_, page) => test(report.path(page).toLowerCase()));
}

/** The pages that a filter lets through; where it says something of findings, by these. */
export function findPages(
  report: Report,
  filter: Filter,
  among: (page: number) => boolean,
  text: (page: number) => number[] = () => [],
): { pages: number[]; counts: Counts } {
  const { core } = report;
  const byFindings = FACETS.some((facet) => !PAGE_FACETS.includes(facet) && filter[facet].size > 0);
  const found = findFindings(report, { ...filter, q: byFindings ? filter.q : "" }, among);
  const allowed = byFindings ? new Set(Array.from(found.rows, (i) => core.findings.page[i]!)) : null;
  const inPath = pathMatcher(report, filter.path);
  const tests = (byFindings ? [] : wordsOf(filter.q)).map((word) => {
    const strings = core.strings.map((each) => each.toLowerCase().includes(word));
    return (page: number) =>
      report.path(page).toLowerCase().includes(word) || text(page).some((n) => strings[n]);
  });
  const counts = { ...found.counts, locale: new Map<string, number>(), status: new Map<string, number>() };
  const pages: number[] = [];
  const add = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  for (let page = 0; page < report.pageCount; page++) {
    if (!among(page) || (inPath && !inPath[page])) continue;
    if (!tests.every((test) => test(page))) continue;
    if (allowed && !allowed.has(page)) continue;
    const locale = report.locale(page);
    const status = report.status(page);
    const inLocale = !filter.locale.size || filter.locale.has(locale);
    const inStatus = !filter.status.size || filter.status.has(status);
    if (inLocale && inStatus) pages.push(page);
    if (inStatus) add(counts.locale, locale);
    if (inLocale) add(counts.status, status);
  }
  return { pages, counts };
}
