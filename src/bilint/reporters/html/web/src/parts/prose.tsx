import { Fragment } from "preact";

/** A section of a check's own page, plainly: paragraphs, list items, code. Its links stay text. */
export function Prose({ text }: { text: string }) {
  const blocks = text.split(/\n{2,}/).filter((block) => !/^(```|\||<!-{2})/.test(block.trim()));
  return (
    <>
      {blocks.map((block) =>
        /^\s*[-*] /.test(block)
          ? <ul>{block.split(/\n(?=\s*[-*] )/).map((item) => <li><Inline text={item.replace(/^\s*[-*] /, "")} /></li>)}</ul>
          : <p><Inline text={block} /></p>,
      )}
    </>
  );
}

function Inline({ text }: { text: string }) {
  const parts = text.replace(/\s+/g, " ").replace(/\[([^\]]+)\]\([^)]+\)/g, "$1").split(/(``.+?``|`[^`]+`)/);
  return <>{parts.map((part, at) => <Fragment key={at}>{at % 2 ? <code>{part.replace(/^`+ ?| ?`+$/g, "")}</code> : part.replaceAll("**", "")}</Fragment>)}</>;
}
