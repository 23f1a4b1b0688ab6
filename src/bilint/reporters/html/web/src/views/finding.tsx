import { write, type Address } from "../address";
import type { Report } from "../data/report";
import type { FindingRow, LoadedPage } from "../data/types";
import { forgeAddress } from "../forge";
import { words } from "../format";
import { Prose } from "../parts/prose";
import { Command, Out, Severity } from "../parts/small";
import { Changed, Foreign, Message, Visible } from "../parts/text";
import { command } from "../shell";

const AROUND = 80;

/** One finding where it stands: what is wrong, by what evidence, and how it is mended. */
export function FindingCard({ report, page, index, row, loaded, at, chosen, address }: {
  report: Report; page: number; index: number; row: FindingRow; loaded: LoadedPage; at: number; chosen: boolean; address: Address;
}) {
  const { findings, names, checks, places, pages } = report.core;
  const [fingerprint, unit, from, to, text, fix, before, after, evidence, sourceText, , sourceBefore, sourceAfter] = row;
  const { strings } = loaded;
  const check = checks[findings.check[index]!]!;
  const isSource = pages.locale[page]! < 0;
  const language = report.language(page);
  const state = names.state[findings.state[index]!]!;
  const path = pages.path[page] ?? null;
  const own = strings[text] ?? "";
  const whole = unit >= 0 ? (strings[loaded.units[unit]![isSource ? 7 : 9]!] ?? "") : "";
  const units = loaded.units[unit];
  const source = units ? strings[units[5] >= 0 ? units[5] : units[7]] : undefined;
  const left = unit >= 0 ? cutLeft(whole.slice(0, from)) : (strings[before] ?? "");
  const right = unit >= 0 ? cutRight(whole.slice(to)) : (strings[after] ?? "");
  const place = places[isSource ? "" : report.locale(page)];
  return (
    <div role="group" id={`finding-${at}`} tabIndex={-1} class={`card ${names.severity[findings.severity[index]!]} ${chosen ? "chosen" : ""}`} aria-label={`Finding: ${check.id}`}>
      <p class="card-head">
        <Severity rank={findings.severity[index]!} name={names.severity[findings.severity[index]!]!} />
        <span class="message"><Message text={report.text(findings.message[index]!)} /></span>
      </p>
      <p class="card-meta">
        <a href={write({ ...address, finding: fingerprint })} title="The address of this finding">{check.id}</a>
        <span>{names.confidence[findings.confidence[index]!]} confidence</span>
        {state === "open" ? null : <span class="faint">{state}</span>}
        <span>line {findings.line[index]}</span>
        <Out href={forgeAddress(place, path, findings.line[index]!)}>on the forge</Out>
      </p>
      {unit < 0 && own ? (
        <p class="quote"><Foreign lang={language}><Visible text={strings[before] ?? ""} /><mark class={names.severity[findings.severity[index]!]}><Visible text={own} /></mark><Visible text={strings[after] ?? ""} /></Foreign></p>
      ) : null}
      {sourceText >= 0 && strings[sourceText] && strings[sourceText] !== source ? (
        <p class="quote"><span class="label">source </span><Foreign lang={places[""]?.language ?? "en"}><Visible text={strings[sourceBefore] ?? ""} /><b><Visible text={strings[sourceText]!} /></b><Visible text={strings[sourceAfter] ?? ""} /></Foreign></p>
      ) : null}
      {evidence.length ? (
        <dl class="evidence">{evidence.map(([key, value]) => <div><dt>{words(key)}</dt><dd><bdi><Visible text={String(value ?? "–")} /></bdi></dd></div>)}</dl>
      ) : null}
      {fix >= 0 ? (
        <p class="quote fix"><span class="label">{findings.fix[index] === 2 ? "safe fix" : "fix to look at"} </span>
          <Foreign lang={language}><Visible text={left} /><Changed before={own} after={strings[fix] ?? ""} side="both" lang={language} /><Visible text={right} /></Foreign></p>
      ) : null}
      <details class="explain">
        <summary>What to do</summary>
        <Prose text={check.todo || check.what || check.summary} />
        {check.why ? <><h4>Why it matters</h4><Prose text={check.why} /></> : null}
        <p class="commands">
          <Command label="Read more" line={command("explain", check.id)} />
          {path !== null && !isSource && fix >= 0 ? <Command label="Mend it" line={command(findings.fix[index] === 2 ? "fix --check" : "fix --unsafe --check", check.id, path)} /> : null}
          {path !== null && !isSource ? <Command label="It is right as it is" line={`bilint decide ${fingerprint.replace(/\W/g, "")} --as accepted --reason "…"`} /> : null}
        </p>
      </details>
    </div>
  );
}

const cutLeft = (text: string) => (text.length > AROUND ? `…${text.slice(-AROUND)}` : text);
const cutRight = (text: string) => (text.length > AROUND ? `${text.slice(0, AROUND)}…` : text);
