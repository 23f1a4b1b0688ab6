import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** A picture with its title, its legend, and the same in words and as a table. */
export function Chart({ title, says, legend, table, picture, redraw }: {
  title: string;
  says: string;
  legend?: ComponentChildren;
  table: ComponentChildren;
  picture: (width: number) => SVGSVGElement;
  redraw: string;
}) {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry!.contentRect.width)));
    watch.observe(box.current!);
    return () => watch.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (width > 0) box.current!.replaceChildren(picture(width));
  }, [width, redraw]);
  return (
    <figure class="chart">
      <figcaption>{title}</figcaption>
      {legend}
      <div class="picture" role="img" aria-label={`${title}. ${says}`} ref={box} />
      <details class="as-table">
        <summary>As a table<span class="visually-hidden">: {title}</span></summary>
        <div class="scroll" tabIndex={0} role="region" aria-label={`${title}, as a table`}>{table}</div>
      </details>
    </figure>
  );
}
