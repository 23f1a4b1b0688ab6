import type { Report } from "../data/report";
import type { Core } from "../data/types";
import { number } from "../format";
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
        <h2 id="skipped">{skipped.length ? `${number(skipped.length)} skipped` : "Everything was looked at"}</h2>
        {skipped.length ? <Skipped rows={skipped} /> : null}
      </section>
    </div>
  );
}

const MANY = 3;

/** What was skipped, a row for each reason, with the locales in which it is all the same. */
function Skipped({ rows }: { rows: Core["skipped"] }) {
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="What was skipped">
      <table>
        <thead><tr><th scope="col">Check</th><th scope="col">Page</th><th scope="col">Locale</th><th scope="col">Why</th></tr></thead>
        <tbody>
          {rows.map(([checks, pages, locales, why]) => (
            <tr>
              <td><Names names={checks} noun="check" /></td><td><Names names={pages} noun="page" /></td>
              <td>{locales.join(", ") || "–"}</td><td><bdi><Visible text={why} /></bdi></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Names({ names, noun }: { names: string[]; noun: string }) {
  if (!names.length) return <>–</>;
  const list = (some: string[]) => some.map((name, at) => <>{at ? ", " : ""}<bdi><Visible text={name} /></bdi></>);
  if (names.length <= MANY + 1) return <>{list(names)}</>;
  return (
    <>
      {list(names.slice(0, MANY))}
      <details><summary>{`and ${number(names.length - MANY)} more ${noun}s`}</summary>{list(names.slice(MANY))}</details>
    </>
  );
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
