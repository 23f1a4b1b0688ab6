import type { Place } from "./data/types";

/** The address at which a page can be seen, if the settings say one and it is fit to be opened. */
export function forgeAddress(
  place: Place | undefined,
  path: string | null,
  line: number,
  revision: string | null = place?.revision ?? null,
): string | null {
  if (!place?.url || path === null) return null;
  try {
    const values: Record<string, string> = {
      revision: encodeURIComponent(revision ?? "HEAD"),
      path: path.split("/").map(encodeURIComponent).join("/"),
      line: String(Math.max(1, line)),
    };
    const url = new URL(place.url.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? ""));
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}
