import { useEffect, useRef, useState } from "preact/hooks";
import type { Counts, Facet, Filter } from "../data/filter";
import { FACETS } from "../data/filter";
import { number, words } from "../format";

const TITLES: Record<Facet, string> = {
  locale: "Locale", severity: "Severity", confidence: "Confidence", family: "Family",
  status: "Status of the page", state: "State", fix: "Suggested fix", check: "Check",
};

interface Properties {
  filter: Filter;
  counts: Counts;
  change: (filter: Filter) => void;
  placeholder: string;
}

/** What a list can be narrowed by, each choice with what it would leave. */
export function Facets({ filter, counts, change, placeholder }: Properties) {
  const set = (key: "q" | "path", value: string) => change({ ...filter, [key]: value });
  const active = FACETS.some((facet) => filter[facet].size) || filter.q || filter.path;
  return (
    <form class="facets" role="search" onSubmit={(event) => event.preventDefault()}>
      <Entry label="Text" value={filter.q} placeholder={placeholder} set={(value) => set("q", value)} id="filter-text" />
      <Entry label="Path" value={filter.path} placeholder="help/guide/ or *.md" set={(value) => set("path", value)} id="filter-path" />
      <details class="facet-groups" open={innerWidth > 760}>
        <summary>Filters</summary>
        {active ? (
          <button type="button" class="clear" onClick={() => change(cleared(filter))}>Clear all filters</button>
        ) : null}
        {FACETS.map((facet) => (
          <Choices key={facet} facet={facet} filter={filter} counts={counts[facet]} change={change} />
        ))}
      </details>
    </form>
  );
}

function cleared(filter: Filter): Filter {
  const sets = Object.fromEntries(FACETS.map((facet) => [facet, new Set<string>()]));
  return { ...filter, ...sets, path: "", q: "" };
}

/** A field that answers while one types, a little later. */
function Entry({ label, value, placeholder, set, id }: {
  label: string; value: string; placeholder: string; set: (value: string) => void; id: string;
}) {
  const [typed, setTyped] = useState(value);
  const timer = useRef(0);
  useEffect(() => setTyped(value), [value]);
  return (
    <label class="entry" for={id}>
      <span>{label}</span>
      <input
        id={id}
        type="search"
        value={typed}
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        onInput={(event) => {
          const now = event.currentTarget.value;
          setTyped(now);
          clearTimeout(timer.current);
          timer.current = window.setTimeout(() => set(now), 120);
        }}
      />
    </label>
  );
}

const FEW = 8;

function Choices({ facet, filter, counts, change }: {
  facet: Facet; filter: Filter; counts: Map<string, number>; change: (filter: Filter) => void;
}) {
  const [all, setAll] = useState(false);
  const chosen = filter[facet];
  let choices = [...counts].filter(([value, many]) => value && (many > 0 || chosen.has(value)));
  if (facet === "check" || facet === "locale") choices.sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (choices.length < 2 && !chosen.size) return null;
  const more = choices.length - FEW;
  if (!all && more > 1) choices = choices.filter(([value], at) => at < FEW || chosen.has(value));
  const toggle = (value: string) => {
    const next = new Set(chosen);
    if (!next.delete(value)) next.add(value);
    change({ ...filter, [facet]: next });
  };
  return (
    <fieldset>
      <legend>{TITLES[facet]}</legend>
      {choices.map(([value, many]) => (
        <label key={value}>
          <input type="checkbox" checked={chosen.has(value)} onChange={() => toggle(value)} />
          <span class={facet === "severity" || facet === "status" ? `dot ${value}` : "name"}>
            {facet === "locale" || facet === "check" ? value : words(value)}
          </span>
          <span class="many">{number(many)}</span>
        </label>
      ))}
      {more > 1 ? (
        <button type="button" class="more" onClick={() => setAll(!all)}>{all ? "Fewer" : `${more} more`}</button>
      ) : null}
    </fieldset>
  );
}
