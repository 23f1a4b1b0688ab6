import { diffWordsWithSpace } from "diff";
import type { ComponentChildren } from "preact";

// Controls, what turns direction, what hides; line ends and tabs are shown as they are.
const HIDDEN =
  /([\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff])/;

/** Text out of a page: what could act or hide is named, and all of it is text. */
export function Visible({ text }: { text: string }) {
  if (!HIDDEN.test(text)) return <>{text}</>;
  return (
    <>
      {text.split(HIDDEN).map((part, at) => (at % 2 ? <span class="hidden-char">{named(part)}</span> : part))}
    </>
  );
}

export function named(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code >= 0xdc80 && code <= 0xdcff) return `<0x${(code - 0xdc00).toString(16).toUpperCase()}>`;
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

/** A message of a check: what it quotes stands between backticks. */
export function Message({ text }: { text: string }) {
  return <>{text.split(/(`[^`]+`)/).map((part, at) => (at % 2 ? <code dir="auto"><Visible text={part.slice(1, -1)} /></code> : <Visible text={part} />))}</>;
}

/** The same as a string, for what takes no elements, such as a label. */
export const plainly = (text: string) =>
  HIDDEN.test(text) ? text.split(HIDDEN).map((part, at) => (at % 2 ? named(part) : part)).join("") : text;

/** Text of a language, its direction kept to itself. */
export function Foreign(props: { lang: string; class?: string; children: ComponentChildren }) {
  return (
    <bdi lang={props.lang || undefined} dir="auto" class={props.class}>
      {props.children}
    </bdi>
  );
}

const LONGEST = 20_000;

/** One side of a comparison word by word: what went, or what came. */
export function Changed({ before, after, side, lang }: {
  before: string; after: string; side: "before" | "after" | "both"; lang: string;
}) {
  return (
    <>
      {joined(differences(before, after, lang)).map((part) => {
        if (part.removed) return side === "after" ? null : <del><Visible text={part.value} /></del>;
        if (part.added) return side === "before" ? null : <ins><Visible text={part.value} /></ins>;
        return <Visible text={part.value} />;
      })}
    </>
  );
}

interface Difference {
  value: string;
  added?: boolean;
  removed?: boolean;
}

/** The same with changes run together that only blanks part: a phrase was replaced, not two words. */
function joined(parts: Difference[]): Difference[] {
  const out: Difference[] = [];
  let removed = "";
  let added = "";
  const flush = () => {
    if (removed) out.push({ value: removed, removed: true });
    if (added) out.push({ value: added, added: true });
    removed = added = "";
  };
  parts.forEach((part, at) => {
    const next = parts[at + 1];
    if (part.removed) removed += part.value;
    else if (part.added) added += part.value;
    else if (removed && added && part.value.trim() === "" && next && (next.removed || next.added)) {
      removed += part.value;
      added += part.value;
    } else {
      flush();
      out.push(part);
    }
  });
  flush();
  return out;
}

function differences(before: string, after: string, lang: string): Difference[] {
  if (before.length + after.length > LONGEST) {
    return [{ value: before, removed: true }, { value: after, added: true }];
  }
  try {
    const intlSegmenter = new Intl.Segmenter(lang || "en", { granularity: "word" });
    return diffWordsWithSpace(before, after, { intlSegmenter });
  } catch {
    return diffWordsWithSpace(before, after);
  }
}
