import { day, number } from "../format";
import { Chart } from "./chart";
import { dot, lineY, ruleY } from "@observablehq/plot";
import { draw } from "./plot";

interface Point {
  at: Date;
  locale: string;
  value: number;
}

/** One figure over all runs, a line a locale. */
export function TrendChart<One extends { locale: string }>({ title, unit, runs, locales, value }: {
  title: string;
  unit: string;
  runs: { at: string; locales: One[] }[];
  locales: string[];
  value: (one: One) => number | null;
}) {
  const points: Point[] = runs.flatMap((run) =>
    run.locales.flatMap((one) => {
      const known = value(one);
      return known === null ? [] : [{ at: new Date(run.at), locale: one.locale, value: known }];
    }),
  );
  const last = locales.map((name) => points.filter((point) => point.locale === name).at(-1)).filter((p) => p !== undefined);
  const first = locales.map((name) => points.find((point) => point.locale === name));
  const colour = (name: string) => `var(--line-${locales.indexOf(name) % 10})`;
  const says = last
    .map((point, at) => `${point.locale}: ${number(Math.round(first[at]?.value ?? 0))}${unit} at first, ${number(Math.round(point.value))}${unit} now`)
    .join("; ");
  return (
    <Chart
      title={title}
      says={`${runs.length} runs. ${says}.`}
      redraw={title}
      legend={
        <div class="legend" aria-hidden="true">
          {locales.map((name, at) => (
            <span class="line-key"><span class={`line line-${at % 10}`} />{name}</span>
          ))}
        </div>
      }
      picture={(width) =>
        draw({
          width,
          height: 220,
          marginLeft: 48,
          marginRight: 16,
          marginTop: 12,
          marginBottom: 38,
          x: { type: "utc", label: null, ticks: Math.max(2, Math.floor(width / 90)) },
          y: { label: null, zero: true, grid: true, ticks: 4, nice: true, tickFormat: (v: number) => `${Math.abs(v) >= 1000 ? `${v / 1000}k` : v}${unit}` },
          style: { fontSize: "11px" },
          marks: [
            ruleY([0], { stroke: "var(--line)" }),
            lineY(points, {
              x: "at", y: "value", z: "locale", strokeWidth: 2, curve: "linear",
              stroke: (point: Point) => colour(point.locale),
            }),
            dot(runs.length > 60 ? last : points, {
              x: "at", y: "value", r: 2.5,
              fill: (point: Point) => colour(point.locale),
              title: (point: Point) => `${point.locale}, ${day(point.at.toISOString())}: ${number(Math.round(point.value * 10) / 10)}${unit}`,
            }),
          ],
        })
      }
      table={
        <table>
          <thead><tr><th scope="col">Run</th>{locales.map((name) => <th scope="col">{name}</th>)}</tr></thead>
          <tbody>
            {[...runs].reverse().map((run) => (
              <tr>
                <th scope="row">{day(run.at)}</th>
                {locales.map((name) => {
                  const one = run.locales.find((each) => each.locale === name);
                  const known = one ? value(one) : null;
                  return <td>{known === null ? "–" : `${number(Math.round(known * 10) / 10)}${unit}`}</td>;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      }
    />
  );
}
