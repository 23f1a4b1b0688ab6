import type { Report } from "./report";

export interface LocaleFigures {
  locale: string;
  pages: number;
  /** By status. */
  statuses: number[];
  words: number;
  unknownWords: number;
  human: number | null;
  /** Open ones by severity. */
  severities: number[];
  /** Open errors and warnings by family. */
  families: number[];
  queue: number;
  minutes: number;
}

/** What the first screen says of each locale; and, last, of the source's own pages. */
export function localeFigures(report: Report): { locales: LocaleFigures[]; source: LocaleFigures } {
  const { core } = report;
  const families = new Map(core.families.map((name, number) => [name, number]));
  const make = (locale: string): LocaleFigures => ({
    locale,
    pages: 0,
    statuses: core.names.status.map(() => 0),
    words: 0,
    unknownWords: 0,
    human: core.human[locale] ?? null,
    severities: [0, 0, 0],
    families: core.families.map(() => 0),
    queue: 0,
    minutes: 0,
  });
  const locales = core.locales.map(make);
  const source = make("");
  const of = (page: number) => locales[core.pages.locale[page]!] ?? source;
  for (let page = 0; page < report.pageCount; page++) {
    const figures = of(page);
    const status = core.pages.status[page]!;
    if (status < 0) continue;
    figures.pages++;
    figures.statuses[status]!++;
    const words = core.pages.words[page]!;
    if (words < 0) figures.unknownWords++;
    else figures.words += words;
  }
  const { page, check, severity } = core.findings;
  const familyOf = core.checks.map((one) => families.get(one.family)!);
  for (let i = 0; i < page.length; i++) {
    if (!report.isOpen(i)) continue;
    const figures = of(page[i]!);
    figures.severities[severity[i]!]!++;
    if (severity[i]! < 2) figures.families[familyOf[check[i]!]!]!++;
  }
  core.queue.page.forEach((at, item) => {
    of(at).queue++;
    of(at).minutes += core.queue.minutes[item]!;
  });
  return { locales, source };
}

/** The sums of all that is given, the source's own pages among it. */
export function total(figures: LocaleFigures[]): LocaleFigures {
  const sum = (pick: (one: LocaleFigures) => number) => figures.reduce((all, one) => all + pick(one), 0);
  const sums = (pick: (one: LocaleFigures) => number[]) =>
    (pick(figures[0] ?? EMPTY) ?? []).map((_, at) => sum((one) => pick(one)[at] ?? 0));
  return {
    locale: "",
    pages: sum((one) => one.pages),
    statuses: sums((one) => one.statuses),
    words: sum((one) => one.words),
    unknownWords: sum((one) => one.unknownWords),
    human: null,
    severities: sums((one) => one.severities),
    families: sums((one) => one.families),
    queue: sum((one) => one.queue),
    minutes: sum((one) => one.minutes),
  };
}

const EMPTY: LocaleFigures = {
  locale: "", pages: 0, statuses: [], words: 0, unknownWords: 0, human: null,
  severities: [0, 0, 0], families: [], queue: 0, minutes: 0,
};

export type Measure = "words" | "findings" | "errors" | "behind";

export interface Cell {
  area: string;
  column: string;
  value: number;
  pages: number;
}

/** Areas beside locales, or, for a report on one locale, beside families of checks. */
export function heat(report: Report, measure: Measure, by: "locale" | "family"): Cell[] {
  const { core, areas } = report;
  const columns = by === "locale" ? core.locales : core.families;
  const values = areas.names.map(() => columns.map(() => 0));
  const pages = areas.names.map(() => columns.map(() => 0));
  const behind = new Set(["stale", "untranslated", "orphan"].map((s) => core.names.status.indexOf(s)));
  for (let page = 0; page < report.pageCount; page++) {
    const locale = core.pages.locale[page]!;
    if (locale < 0 || core.pages.status[page]! < 0) continue;
    const area = areas.of[page]!;
    if (by === "locale") {
      pages[area]![locale]!++;
      if (measure === "words") values[area]![locale]! += Math.max(0, core.pages.words[page]!);
      if (measure === "behind" && behind.has(core.pages.status[page]!)) values[area]![locale]!++;
    } else columns.forEach((_, at) => pages[area]![at]!++);
  }
  const families = core.checks.map((one) => core.families.indexOf(one.family));
  if (measure === "findings" || measure === "errors" || by === "family") {
    const worst = measure === "errors" ? 1 : 2;
    const { page, check, severity } = core.findings;
    for (let i = 0; i < page.length; i++) {
      const locale = core.pages.locale[page[i]!]!;
      if (!report.isOpen(i) || severity[i]! >= worst || locale < 0) continue;
      const column = by === "locale" ? locale : families[check[i]!]!;
      values[areas.of[page[i]!]!]![column]!++;
    }
  }
  return areas.names.flatMap((area, row) =>
    columns.map((column, at) => ({
      area,
      column,
      pages: pages[row]![at]!,
      value: measure === "behind" && by === "locale"
        ? (pages[row]![at] ? Math.round((100 * values[row]![at]!) / pages[row]![at]!) : 0)
        : values[row]![at]!,
    })),
  );
}
