import type { Core, LoadedPage, Part } from "./types";
import { unpack } from "./unpack";

const PLACES = 1_000_000;

/** The text without halves of characters, as bytes that are no UTF-8 leave them in a path. */
export function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
}

export const SOURCE = "source";

/** The report with what views ask for again and again. */
export class Report {
  /** The first finding of each page, and how many there are: findings stand page by page. */
  readonly ofPage: Int32Array[];
  /** The place in the queue of each page; -1 for none. */
  readonly queued: Int32Array;
  readonly areas: Areas;
  private readonly parts = new Map<number, Promise<Part>>();
  private readonly byAddress = new Map<string, number>();

  constructor(readonly core: Core) {
    const { findings, pages, queue } = core;
    const counts = new Int32Array(pages.path.length);
    for (const page of findings.page) counts[page]!++;
    this.ofPage = Array.from(counts, (count) => new Int32Array(count));
    counts.fill(0);
    findings.page.forEach((page, index) => {
      this.ofPage[page]![counts[page]!++] = index;
    });
    this.queued = new Int32Array(pages.path.length).fill(-1);
    queue.page.forEach((page, index) => (this.queued[page] = index));
    this.areas = new Areas(core);
    const open = new Set(core.open);
    this.openCount = findings.state.filter((state) => open.has(state)).length;
    this.judgedCount = pages.status.filter((status) => status >= 0).length;
    for (let page = 0; page < pages.path.length; page++) this.byAddress.set(wellFormed(this.name(page)), page);
  }

  /** Whether somebody has to look at a finding. */
  isOpen(finding: number): boolean {
    return this.core.open.includes(this.core.findings.state[finding]!);
  }

  /** Open findings, and pages of the locales: what stands beside the names of the views. */
  readonly openCount: number;
  readonly judgedCount: number;

  /** Whether a page is in the source's repository: it is told of, but it is nobody's translation. */
  isSource(page: number): boolean {
    return this.core.pages.locale[page]! < 0;
  }

  get pageCount(): number {
    return this.core.pages.path.length;
  }

  locale(page: number): string {
    return this.core.locales[this.core.pages.locale[page]!] ?? SOURCE;
  }

  /** The language of a page, as its place says it. */
  language(page: number): string {
    const source = this.core.pages.locale[page]! < 0;
    return this.core.places[source ? "" : this.locale(page)]?.language ?? (source ? "en" : this.locale(page));
  }

  /** The path that a person knows a page by: its own, or that of the source it would translate. */
  path(page: number): string {
    return this.core.pages.path[page] ?? this.sourcePath(page) ?? "";
  }

  sourcePath(page: number): string | null {
    const source = this.core.pages.source[page];
    return source === 0 ? this.core.pages.path[page]! : (source ?? null);
  }

  basePath(page: number): string | null {
    const base = this.core.pages.base[page];
    return base === 0 || base === undefined ? this.sourcePath(page) : base;
  }

  status(page: number): string {
    return this.core.names.status[this.core.pages.status[page]!] ?? "";
  }

  text(number: number): string {
    return this.core.strings[number] ?? "";
  }

  /** What names a page in addresses: a page that is not there yet is marked. */
  name(page: number): string {
    const marked = this.core.pages.path[page] === null ? "~/" : "";
    return `${this.locale(page)}/${marked}${this.path(page)}`;
  }

  find(name: string): number {
    return this.byAddress.get(wellFormed(name)) ?? -1;
  }

  /** The texts of a page and the details of its findings. */
  async page(page: number): Promise<LoadedPage> {
    const part = this.core.pages.part[page] ?? -1;
    if (part < 0) return { strings: [], units: [], findings: [] };
    const number = Math.floor(part / PLACES);
    let loading = this.parts.get(number);
    if (!loading) {
      loading = unpack<Part>(`part-${number}`);
      this.parts.set(number, loading);
      if (this.parts.size > 12) this.parts.delete(this.parts.keys().next().value!);
    }
    const { strings, pages } = await loading;
    const [units, findings] = pages[part % PLACES]!;
    return { strings, units, findings };
  }
}

/** The first folders of paths: as many as it takes for there to be more than one area. */
export class Areas {
  readonly names: string[];
  /** The area of each page, by number. */
  readonly of: Int32Array;

  constructor(core: Core) {
    const { path, source } = core.pages;
    const folders = path.map((own, page) => {
      const known = source[page] === 0 || source[page] == null ? own : (source[page] as string);
      return (known ?? "").split("/").slice(0, -1);
    });
    let common: string[] | null = null;
    for (const folder of folders) {
      if (common === null) common = folder;
      let same = 0;
      while (same < common.length && common[same] === folder[same]) same++;
      common = common.slice(0, same);
    }
    const shared = common?.length ?? 0;
    const labels = folders.map((folder) => folder[shared] ?? "(top)");
    this.names = [...new Set(labels)].sort();
    const numbers = new Map(this.names.map((name, number) => [name, number]));
    this.of = Int32Array.from(labels, (label) => numbers.get(label)!);
    this.prefix = common?.length ? `${common.join("/")}/` : "";
  }

  readonly prefix: string;

  /** What a filter by path says to show an area alone. */
  filter(name: string): string {
    return name === "(top)" ? this.prefix : `${this.prefix}${name}/`;
  }
}
