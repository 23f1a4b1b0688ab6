import type { Cell, Measure } from "../data/figures";
import { number, words } from "../format";
import { listed } from "../address";
import type { Areas } from "../data/report";
import { Chart } from "./chart";
import { cell as plotCell, text as plotText } from "@observablehq/plot";
import { draw } from "./plot";

const STEPS = 6;

/** How many areas are drawn; the table tells all. */
const MOST = 40;

export function HeatMap({ cells, measure, by, title, areas }: {
  cells: Cell[]; measure: Measure; by: "locale" | "family"; title: string; areas: Areas;
}) {
  const shown = by === "family" ? cells.filter((cell) => cells.some((o) => o.column === cell.column && o.value)) : cells;
  const columns = [...new Set(shown.map((cell) => cell.column))];
  const sums = new Map<string, number>();
  for (const cell of shown) sums.set(cell.area, (sums.get(cell.area) ?? 0) + cell.value);
  const names = [...sums].sort((a, b) => b[1] - a[1]).map(([name]) => name);
  const drawn = new Set(names.slice(0, MOST));
  const most = Math.max(1, ...shown.map((cell) => cell.value));
  const step = (value: number) => (value <= 0 ? 0 : Math.min(STEPS, 1 + Math.floor((STEPS * Math.sqrt(value / most)) * 0.9999)));
  const unit = measure === "behind" ? " %" : "";
  const worst = [...shown].sort((a, b) => b.value - a.value)[0];
  const href = (cell: Cell) =>
    listed(measure === "words" || measure === "behind" ? "pages" : "findings", {
      ...(by === "locale" ? { locale: cell.column } : { family: cell.column }),
      path: areas.filter(cell.area),
      ...(measure === "errors" ? { severity: "error" } : {}),
    });
  const picture = (width: number) => {
    const left = Math.min(230, 24 + 7 * Math.max(...[...drawn].map((name) => name.length)));
    const svg = draw({
      width: Math.min(width, left + columns.length * 130),
      height: 40 + drawn.size * 32,
      marginLeft: left,
      marginTop: 34,
      marginBottom: 4,
      marginRight: 4,
      x: { domain: columns, axis: "top", label: null, tickSize: 0, tickFormat: (name: string) => (by === "family" ? words(name) : name) },
      y: { domain: [...drawn], label: null, tickSize: 0, tickFormat: (name: string) => (name.length > 30 ? `${name.slice(0, 29)}…` : name) },
      style: { fontSize: "12px" },
      marks: [
        plotCell(shown.filter((cell) => drawn.has(cell.area)), {
          x: "column", y: "area", inset: 1.5, rx: 3,
          fill: (cell: Cell) => `var(--heat-${step(cell.value)})`,
          title: (cell: Cell) => `${cell.area}, ${words(cell.column)}: ${number(cell.value)}${unit} (${number(cell.pages)} pages)`,
        }),
        plotText(shown.filter((cell) => drawn.has(cell.area) && cell.value > 0), {
          x: "column", y: "area", pointerEvents: "none",
          text: (cell: Cell) => `${number(cell.value)}${unit}`,
          fill: (cell: Cell) => (step(cell.value) > 4 ? "var(--heat-on)" : "var(--text)"),
        }),
      ],
    });
    // A way for the mouse; the table below is the one for all.
    const cells = shown.filter((cell) => drawn.has(cell.area));
    svg.querySelectorAll<SVGRectElement>("[aria-label=cell] rect").forEach((rect, at) => {
      const cell = cells[at];
      if (!cell?.value) return;
      rect.classList.add("leads");
      rect.addEventListener("click", () => (location.hash = href(cell)));
    });
    return svg;
  };
  return (
    <Chart
      title={title}
      says={worst?.value ? `The most is ${number(worst.value)}${unit}, in ${worst.area}, ${words(worst.column)}.` : "All of it is zero."}
      redraw={JSON.stringify([measure, by, cells.length])}
      picture={picture}
      legend={
        <div class="legend" aria-hidden="true">
          <span>0</span>
          {Array.from({ length: STEPS + 1 }, (_, at) => <span class={`swatch heat-${at}`} />)}
          <span>{number(most)}{unit}</span>
        </div>
      }
      table={
        <table>
          <thead><tr><th scope="col">Area</th>{columns.map((name) => <th scope="col">{words(name)}</th>)}</tr></thead>
          <tbody>
            {names.map((area) => (
              <tr>
                <th scope="row">{area}</th>
                {columns.map((column) => {
                  const cell = shown.find((one) => one.area === area && one.column === column);
                  return <td>{cell?.value ? <a href={href(cell)}>{number(cell.value)}{unit}</a> : "0"}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
