import type { Report } from "../data/report";
import { count } from "../format";
import { Visible } from "../parts/text";

/** What could not be done: never counted as passed. */
export function Notes({ report }: { report: Report }) {
  const { skipped, incidents, tool, source, places } = report.core;
  return (
    <div class="notes">
      <section aria-labelledby="made">
        <h2 id="made">How this was made</h2>
        <dl class="facts">
          <div><dt>Tool</dt><dd>{tool.name} {tool.version}</dd></div>
          <div><dt>Profile</dt><dd>{tool.profile}</dd></div>
          <div><dt>Source</dt><dd><bdi><Visible text={source.repository ?? "none"} /></bdi> <code>{source.revision?.slice(0, 12) ?? "working tree"}</code></dd></div>
          {report.core.locales.map((locale) => <div><dt>{locale}</dt><dd><code>{places[locale]?.revision?.slice(0, 12) ?? "working tree"}</code></dd></div>)}
        </dl>
      </section>
      {incidents.length ? (
        <section aria-labelledby="failed">
          <h2 id="failed">What failed in Bilint itself</h2>
          <Table rows={incidents} what="Check" label="What failed" />
        </section>
      ) : null}
      <section aria-labelledby="skipped">
        <h2 id="skipped">{skipped.length ? `${count(skipped.length, "check or page", "checks or pages")} not looked at` : "Everything was looked at"}</h2>
        {skipped.length ? <Table rows={folded(skipped)} what="Check" label="What was skipped" /> : null}
      </section>
    </div>
  );
}

/** Checks that were skipped on one page for one reason, in one row. */
function folded(rows: [string | null, string | null, string][]): [string | null, string | null, string][] {
  const groups = new Map<string, [string[], string | null, string]>();
  for (const [check, path, why] of rows) {
    const key = JSON.stringify([path, why]);
    const group = groups.get(key) ?? [[], path, why];
    if (check) group[0].push(check);
    groups.set(key, group);
  }
  return [...groups.values()].map(([checks, path, why]) => [checks.join(", ") || null, path, why]);
}

function Table({ rows, what, label }: { rows: [string | null, string | null, string][]; what: string; label: string }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={label}>
      <table>
        <thead><tr><th scope="col">{what}</th><th scope="col">Page</th><th scope="col">Why</th></tr></thead>
        <tbody>
          {rows.slice(0, 2000).map(([check, path, why]) => (
            <tr><td>{check ?? "–"}</td><td><bdi><Visible text={path ?? "–"} /></bdi></td><td><bdi><Visible text={why} /></bdi></td></tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
