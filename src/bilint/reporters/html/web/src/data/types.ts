/** The payload as `payload.py` writes it. Numbers stand for entries of `strings` or `names`. */
export interface Core {
  version: number;
  tool: { name: string; version: string; profile: string };
  source: { repository: string | null; revision: string | null };
  places: Record<string, Place>;
  /** Checks, pages and locales that one reason kept from being looked at, and the reason. */
  skipped: [string[], string[], string[], string][];
  incidents: [string | null, string | null, string][];
  trend: Trend | null;
  quality: Quality | null;
  families: string[];
  /** Locale, key of the limit, limit, value, whether it is broken. */
  budgets: [string, string, number, number | null, boolean][];
  /** States in which a finding has to be looked at. */
  open: number[];
  names: Record<"status" | "severity" | "confidence" | "state" | "change", string[]>;
  locales: string[];
  human: Record<string, number | null>;
  checks: Check[];
  pages: PageColumns;
  findings: FindingColumns;
  queue: QueueColumns;
  strings: string[];
}

export interface Place {
  revision: string | null;
  language: string;
  url: string | null;
}

export interface Check {
  id: string;
  family: string;
  summary: string;
  what: string;
  why: string;
  todo: string;
}

export interface PageColumns {
  locale: number[];
  path: (string | null)[];
  source: (string | null | 0)[];
  base: (string | 0)[];
  status: number[];
  reason: number[];
  moved: number[];
  paired: number[];
  pin: number[];
  ht: number[];
  workflow: number[];
  words: number[];
  size: number[];
  total: number[];
  stale: number[];
  obsolete: number[];
  new: number[];
  answered: number[];
  changes: number[];
  part: number[];
}

export interface FindingColumns {
  page: number[];
  check: number[];
  severity: number[];
  confidence: number[];
  state: number[];
  line: number[];
  column: number[];
  message: number[];
  subject: number[];
  text: number[];
  fix: number[];
}

export interface QueueColumns {
  page: number[];
  rank: number[];
  score: number[];
  words: number[];
  minutes: number[];
  /** Code and points in turn. */
  reasons: number[][];
  texts: number[][];
}

export interface Trend {
  since: string | null;
  unlike: string[];
  /** Locale (null: the source), new, fixed, still there. */
  changes: [string | null, number, number, number][];
  runs: Run[];
}

export interface Quality {
  enough: number;
  resamples: number;
  locales: LocaleQuality[];
}

export interface LocaleQuality {
  locale: string;
  note: string | null;
  found: number;
  figures: Figures;
  groups: { by: "period" | "area" | "page" | "claim"; name: string; figures: Figures }[];
  replaced: { before: string; after: string; segments: number; pages: number }[];
  edited: { path: string; day: string; source: string | null; before: string; after: string; edits: number; times: number }[];
}

export interface Figures {
  pairs: number;
  segments: number;
  untouched: number;
  words: number;
  words_touched: number;
  edits: number;
  reference_words: number;
  claimed: number | null;
  scores: Record<string, { value: number; mean: number | null; half: number | null }> | null;
}

export interface Run {
  at: string;
  rebuilt: boolean;
  revision: string | null;
  locales: RunLocale[];
}

export interface RunLocale {
  locale: string;
  pages: number[];
  words: number;
  human: number | null;
  queue: number;
  /** By family, then by severity. */
  families: number[][];
}

/** Kind, state, change, answered, words; text and line at the pin, now, and of the translation. */
export type UnitRow = [
  number, number, number, number, number,
  number, number, number, number, number, number,
];

export type Evidence = [string, string | number | null][];

/** Fingerprint, unit, from, to, text, fix, before, after, evidence; then the source's. */
export type FindingRow = [
  string, number, number, number, number, number, number, number, Evidence,
  number, number, number, number,
];

/** The texts of a page and the details of its findings. */
export interface LoadedPage {
  strings: string[];
  units: UnitRow[];
  findings: FindingRow[];
}

export interface Part {
  strings: string[];
  pages: [UnitRow[], FindingRow[]][];
}
