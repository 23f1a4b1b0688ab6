import { write } from "../address";
import { TrendChart } from "../charts/trend";
import type { Report } from "../data/report";
import type { Figures, LocaleQuality, Quality } from "../data/types";
import { count, day, localeName, number, percent } from "../format";
import { Changed, Foreign, Visible } from "../parts/text";

/** Machine translation, measured by what people made of it. */
export function QualityView({ report }: { report: Report }) {
  const { quality } = report.core;
  if (!quality) return <p class="nothing">The quality of machine translation was not measured: <code>bilint report --quality</code> does.</p>;
  const locales = quality.locales.map((one) => one.locale);
  return (
    <div class="quality">
      <section aria-labelledby="quality-title">
        <h2 id="quality-title">Machine translation, measured by what people made of it</h2>
        <p class="note">Pages as a machine handed them over, against what people made of them at the same pin. chrF, chrF++ and BLEU: 100 is the same; TER: 0 is the same.
          BLEU of different locales does not compare. Nothing is said of fewer than {quality.enough} segments. ±: 95 % of {number(quality.resamples)} random draws.</p>
        <Table label="Quality by locale" first="Locale" rows={quality.locales.map((one) => [localeName(one.locale), one.figures])} />
        {quality.locales.filter((one) => one.note).map((one) => <p class="note">{one.locale}: {one.note}</p>)}
      </section>
      <section aria-labelledby="quality-trend">
        <h2 id="quality-trend">By quarter</h2>
        <Trend quality={quality} locales={locales} />
      </section>
      {quality.locales.map((one) => <Locale key={one.locale} report={report} one={one} />)}
    </div>
  );
}

function Trend({ quality, locales }: { quality: Quality; locales: string[] }) {
  const periods = new Map<string, { locale: string; figures: Figures }[]>();
  for (const one of quality.locales) {
    for (const group of one.groups) {
      if (group.by !== "period") continue;
      periods.set(group.name, [...(periods.get(group.name) ?? []), { locale: one.locale, figures: group.figures }]);
    }
  }
  const runs = [...periods].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, all]) => ({ at: start(name), locales: all }));
  if (runs.length < 2) return <p class="note">All of it was handed over in one quarter: there is no trend yet.</p>;
  const touched = (one: Figures) => (one.segments >= quality.enough ? (100 * one.untouched) / one.segments : null);
  return (
    <div class="charts">
      <TrendChart title="chrF" unit="" runs={runs} locales={locales} value={(one) => one.figures.scores?.["chrF2"]?.value ?? null} />
      <TrendChart title="Segments that people left as they were" unit=" %" runs={runs} locales={locales} value={(one) => touched(one.figures)} />
    </div>
  );
}

/** The first day of `2024-Q2`. */
function start(period: string): string {
  const [year, quarter] = period.split("-Q");
  return `${year}-${String(3 * Number(quarter ?? 1) - 2).padStart(2, "0")}-01T00:00:00Z`;
}

function Locale({ report, one }: { report: Report; one: LocaleQuality }) {
  const groups = (by: string) => one.groups.filter((group) => group.by === by);
  const id = `quality-${one.locale}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{localeName(one.locale)} <span class="code">{one.locale}</span></h2>
      <p class="note">{count(one.found, "pair")} of versions at one pin, {count(one.figures.segments, "segment")}.</p>
      {(["area", "claim"] as const).map((by) => groups(by).length > 1 ? (
        <Table label={`${one.locale} by ${by}`} first={by === "area" ? "Area" : "Human share claimed"} rows={groups(by).map((group) => [group.name, group.figures])} />
      ) : null)}
      {one.replaced.length ? (
        <>
          <h3>Words that people put in the place of others</h3>
          <ul class="replaced">
            {one.replaced.map((each) => (
              <li><Foreign lang={one.locale}><del><Visible text={each.before} /></del> <ins><Visible text={each.after} /></ins></Foreign>
                <span class="faint"> {count(each.segments, "segment")} of {count(each.pages, "page")}</span></li>
            ))}
          </ul>
        </>
      ) : null}
      {one.edited.length ? (
        <>
          <h3>What was edited most</h3>
          <ol class="edited">
            {one.edited.map((each) => (
              <li>
                {each.source ? <p class="faint"><Foreign lang={report.core.places[""]?.language ?? "en"}><Visible text={each.source} /></Foreign></p> : null}
                <p><Foreign lang={one.locale}><Changed before={each.before} after={each.after} side="both" lang={one.locale} /></Foreign></p>
                <p class="under">{count(each.edits, "edit")}, {day(each.day)}, {report.find(`${one.locale}/${each.path}`) >= 0
                  ? <a href={write({ view: "page", page: `${one.locale}/${each.path}` })}><bdi><Visible text={each.path} /></bdi></a> : <bdi><Visible text={each.path} /></bdi>}</p>
              </li>
            ))}
          </ol>
        </>
      ) : null}
    </section>
  );
}

/** Scores by the names that sacrebleu gives them, and as people know them. */
const SCORES: [string, string][] = [["chrF2", "chrF"], ["chrF2++", "chrF++"], ["BLEU", "BLEU"], ["TER", "TER"]];

function Table({ label, first, rows }: { label: string; first: string; rows: [string, Figures][] }) {
  const score = (figures: Figures, name: string) => {
    const known = figures.scores?.[name];
    if (!known) return <span class="faint">too few</span>;
    return <>{known.value.toFixed(1)}{known.half === null ? null : <span class="faint"> ±{known.half.toFixed(1)}</span>}</>;
  };
  const share = (part: number, whole: number) => (whole ? percent((100 * part) / whole) : "–");
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead><tr><th scope="col">{first}</th><th scope="col" class="num">Segments</th><th scope="col" class="num">Left as they were</th>
          {SCORES.map(([, name]) => <th scope="col" class="num">{name}</th>)}
          <th scope="col" class="num">Words edited</th><th scope="col" class="num">Human share claimed</th></tr></thead>
        <tbody>
          {rows.map(([name, figures]) => (
            <tr>
              <th scope="row"><bdi><Visible text={name} /></bdi></th>
              <td class="num">{number(figures.segments)}</td>
              <td class="num">{share(figures.untouched, figures.segments)}</td>
              {SCORES.map(([each]) => <td class="num">{score(figures, each)}</td>)}
              <td class="num">{share(figures.edits, figures.reference_words)}</td>
              <td class="num">{percent(figures.claimed)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
