import { useState } from "preact/hooks";
import { number, words } from "../format";
import { Visible } from "./text";

export const SEVERITY_SIGNS = ["✕", "▲", "i"];

export function Severity({ rank, name }: { rank: number; name: string }) {
  return (
    <span class={`severity ${name}`}>
      <span aria-hidden="true">{SEVERITY_SIGNS[rank]}</span>
      <span class="hide-small"> {name}</span>
      <span class="only-small visually-hidden"> {name}</span>
    </span>
  );
}

export function Status({ name }: { name: string }) {
  return name ? <span class={`status ${name}`}>{words(name)}</span> : null;
}

/** A path of which the folder gives way when there is little room, and the file does not. */
export function Path({ path }: { path: string }) {
  const at = path.lastIndexOf("/") + 1;
  return (
    <bdi class="path" dir="ltr">
      <span class="folder"><Visible text={path.slice(0, at)} /></span>
      <span class="file"><Visible text={path.slice(at)} /></span>
    </bdi>
  );
}

/** A bar of parts, told in words for those who do not see it. */
export function Bar({ parts, label }: { parts: { name: string; value: number }[]; label: string }) {
  const sum = parts.reduce((all, part) => all + part.value, 0) || 1;
  return (
    <svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label={label}>
      {parts.map((part, at) => {
        const x = (100 * parts.slice(0, at).reduce((all, one) => all + one.value, 0)) / sum;
        return part.value ? (
          <rect class={part.name} x={x} y="0" width={(100 * part.value) / sum} height="8">
            <title>{`${words(part.name)}: ${number(part.value)}`}</title>
          </rect>
        ) : null;
      })}
    </svg>
  );
}

export function Command({ line, label }: { line: string | null; label: string }) {
  const [copied, setCopied] = useState(false);
  if (!line) return null;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(line);
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } catch {
      setCopied(false);
    }
  };
  return (
    <span class="command">
      <span class="command-label">{label}</span>
      <code tabIndex={0} role="textbox" aria-readonly="true" aria-label={label}>{line}</code>
      <button type="button" onClick={copy} aria-label={`Copy: ${label}`}>{copied ? "Copied" : "Copy"}</button>
    </span>
  );
}

/** A link that leaves the report; nothing but http and https comes this far. */
export function Out({ href, children }: { href: string | null; children: string }) {
  return href ? (
    <a class="out" href={href} target="_blank" rel="noopener noreferrer">{children}</a>
  ) : null;
}
