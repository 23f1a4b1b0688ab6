import { wellFormed } from "./data/report";
import { emptyFilter, FACETS, type Filter } from "./data/filter";

export type ViewName = "overview" | "queue" | "findings" | "pages" | "page" | "notes" | "quality";

/** What is to be seen: all of it stands behind the `#` of the address, and can be shared. */
export interface Address {
  view: ViewName;
  filter: Filter;
  /** Of a page: its locale and path. */
  page: string;
  /** Of a page: the finding that is looked at, by its fingerprint. */
  finding: string;
  /** Other choices of a view. */
  more: Record<string, string>;
}

const VIEWS: ViewName[] = ["overview", "queue", "findings", "pages", "page", "notes", "quality"];
const MORE = ["heat", "by", "all", "each"];

export function read(hash: string): Address {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [name = "", ...rest] = path.split("/");
  const view = VIEWS.includes(name as ViewName) ? (name as ViewName) : "overview";
  const parameters = new URLSearchParams(query);
  const filter = emptyFilter();
  for (const facet of FACETS) {
    for (const value of (parameters.get(facet) ?? "").split(",")) if (value) filter[facet].add(value);
  }
  filter.path = parameters.get("path") ?? "";
  filter.q = parameters.get("q") ?? "";
  filter.sort = parameters.get("sort") ?? "";
  const more: Record<string, string> = {};
  for (const key of MORE) if (parameters.has(key)) more[key] = parameters.get(key)!;
  return {
    view,
    filter,
    page: view === "page" ? rest.map(decode).join("/") : "",
    finding: parameters.get("finding") ?? "",
    more,
  };
}

export function write(address: Partial<Address> & { view: ViewName }): string {
  const parameters = new URLSearchParams();
  const { filter, more, finding, page } = address;
  if (filter) {
    for (const facet of FACETS) if (filter[facet].size) parameters.set(facet, [...filter[facet]].join(","));
    for (const key of ["path", "q", "sort"] as const) if (filter[key]) parameters.set(key, filter[key]);
  }
  if (finding) parameters.set("finding", finding);
  for (const [key, value] of Object.entries(more ?? {})) if (value) parameters.set(key, value);
  const path = address.view === "page" ? `/${(page ?? "").split("/").map(encode).join("/")}` : "";
  const query = parameters.toString().replaceAll("%2C", ",").replaceAll("%2F", "/");
  return `#/${address.view === "overview" ? "" : address.view}${path}${query ? `?${query}` : ""}`;
}

/** The address of a list with some choices made. */
export function listed(view: ViewName, choices: Partial<Record<keyof Filter, string>>): string {
  const filter = emptyFilter();
  for (const [key, value] of Object.entries(choices)) {
    const held = filter[key as keyof Filter];
    if (held instanceof Set) held.add(value!);
    else (filter as unknown as Record<string, string>)[key] = value!;
  }
  return write({ view, filter });
}

const encode = (part: string) => encodeURIComponent(wellFormed(part));

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
