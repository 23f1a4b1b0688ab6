import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { useKeys } from "../keys";

const BEYOND = 12;
/** The height of the head, which stays in sight. */
const HEAD = 34;
/** Browsers give up on boxes higher than this; beyond it a list is shown in steps of its rows. */
const HIGHEST = 8_000_000;

interface Properties {
  count: number;
  height: number;
  label: string;
  head: ComponentChildren;
  row: (index: number) => ComponentChildren;
  open: (index: number) => void;
  /** Changes when other rows are shown: the list starts at its beginning. */
  of: string;
}

/** Rows of one height, of which only those in sight are there. One of them has the focus. */
export function Rows({ count, height, label, head, row, open, of }: Properties) {
  const box = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState({ top: 0, rows: 40 });
  const [active, setActive] = useState(0);
  const whole = count * height;
  const scale = whole > HIGHEST ? whole / HIGHEST : 1;

  const look = () => {
    const element = box.current;
    if (!element) return;
    const top = Math.floor((element.scrollTop * scale) / height);
    const rows = Math.ceil((element.clientHeight - HEAD) / height) + 1;
    setSeen((before) => (before.top === top && before.rows === rows ? before : { top, rows }));
  };
  useLayoutEffect(() => {
    const element = box.current!;
    const kept = remembered.get(of);
    element.scrollTop = kept?.scroll ?? 0;
    setActive(kept?.active ?? 0);
    entered.current = false;
    look();
    const watch = new ResizeObserver(look);
    watch.observe(element);
    return () => {
      watch.disconnect();
      remembered.set(of, { scroll: element.scrollTop, active: current.current });
      if (remembered.size > 30) remembered.delete(remembered.keys().next().value!);
    };
  }, [of]);
  const current = useRef(0);
  current.current = active;
  /** Whether one of the rows was gone to: until then nobody sees which one is active. */
  const entered = useRef(false);

  useEffect(() => {
    const print = () => setSeen({ top: 0, rows: Math.min(count, 500) });
    addEventListener("beforeprint", print);
    addEventListener("afterprint", look);
    return () => {
      removeEventListener("beforeprint", print);
      removeEventListener("afterprint", look);
    };
  }, [count]);

  const move = (to: number) => {
    const next = Math.max(0, Math.min(count - 1, to));
    const element = box.current!;
    const at = (next * height) / scale;
    if (at < element.scrollTop) element.scrollTop = at;
    else if (at + height > element.scrollTop + element.clientHeight - HEAD) {
      element.scrollTop = at + height - element.clientHeight + HEAD;
    }
    setActive(next);
    current.current = next;
    entered.current = true;
    look();
    requestAnimationFrame(() =>
      element.querySelector<HTMLElement>(`[aria-rowindex="${next + 2}"]`)?.focus({ preventScroll: true }),
    );
  };
  const target = (key: string): number | undefined => {
    const at = current.current;
    const page = Math.max(1, seen.rows - 2);
    const steps: Record<string, number> = {
      ArrowDown: at + 1, ArrowUp: at - 1, j: at + 1, k: at - 1,
      PageDown: at + page, PageUp: at - page, Home: 0, End: count - 1,
    };
    return steps[key];
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const to = target(event.key);
    if (to !== undefined) {
      event.preventDefault();
      move(to);
    } else if (event.key === "Enter" && (event.target as HTMLElement).role === "row") {
      event.preventDefault();
      open(active);
    }
  };
  // Right after opening, no row has the focus; the first key shows where one stands.
  useKeys((key, event) => {
    const on = event.target as HTMLElement;
    const nowhere = on === document.body || on === document.documentElement || on.tagName === "MAIN";
    const letter = key === "j" || key === "k";
    if (!count || !(nowhere || (letter && !on.closest("dialog")))) return false;
    const to = target(key);
    if (to === undefined && key !== "Enter") return false;
    const near = letter || key === "Enter" || key.startsWith("Arrow");
    if (!entered.current && near) move(current.current);
    else if (to !== undefined) move(to);
    else open(current.current);
    return true;
  });

  const first = Math.max(0, seen.top - BEYOND);
  const last = Math.min(count, seen.top + seen.rows + BEYOND);
  const within = active >= first && active < last ? active : seen.top;
  // With a scale, rows stand where the bar says and not where they would be.
  const offset = scale === 1 ? 0 : (box.current?.scrollTop ?? 0) - seen.top * height;
  return (
    <div class="grid" role="grid" aria-label={label} aria-rowcount={count + 1} onKeyDown={onKeyDown} ref={box} onScroll={look}>
      <div role="rowgroup" class="grid-head">
        <div role="row" aria-rowindex={1}>{head}</div>
      </div>
      <div role="rowgroup" class="grid-body" style={{ height: `${Math.min(whole, HIGHEST)}px` }}>
          {Array.from({ length: Math.max(0, last - first) }, (_, at) => {
            const index = first + at;
            return (
              <div
                key={index}
                role="row"
                class={index % 2 ? "odd" : undefined}
                aria-rowindex={index + 2}
                tabIndex={index === within ? 0 : -1}
                style={{ transform: `translateY(${index * height + offset}px)`, height: `${height}px` }}
                onFocus={() => {
                  entered.current = true;
                  setActive(index);
                }}
                onClick={(event) => {
                  if (!(event.target as HTMLElement).closest("a, button") && !getSelection()?.toString()) open(index);
                }}
              >
                {row(index)}
              </div>
            );
          })}
      </div>
    </div>
  );
}

const remembered = new Map<string, { scroll: number; active: number }>();
