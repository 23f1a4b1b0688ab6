import { useEffect, useRef, useState } from "preact/hooks";

export const SHORTCUTS: [string, string][] = [
  ["1 – 6", "Overview, queue, findings, pages, notes, MT quality"],
  ["/", "Into the filter by text"],
  ["j, k or ↓, ↑", "The next and the previous row of a list"],
  ["Page Down, Page Up, Home, End", "Further in a list"],
  ["Enter", "Open the page of the row"],
  ["n, p", "The next and the previous finding of a page"],
  ["a", "All segments of a page, or only those with something to do or to say"],
  ["Esc or u", "Back to where you came from"],
  ["t", "Light, dark, or as the system is"],
  ["?", "This list"],
];

const OFF = "bilint-keys";

export function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing still shows everything.
  }
}

/** Calls back for single keys, unless somebody types or switched them off. */
export function useKeys(act: (key: string, event: KeyboardEvent) => boolean): void {
  const latest = useRef(act);
  latest.current = act;
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target as HTMLElement;
      const typing = target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
      if (typing && event.key !== "Escape") return;
      if (event.key !== "Escape" && kept(OFF) === "off") return;
      if (latest.current(event.key, event)) event.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, []);
}

export function Help({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [off, setOff] = useState(kept(OFF) === "off");
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="help-title">
      <h2 id="help-title">Keyboard</h2>
      <dl class="keys">{SHORTCUTS.map(([key, what]) => <><dt><kbd>{key}</kbd></dt><dd>{what}</dd></>)}</dl>
      <p><label class="check"><input type="checkbox" checked={!off} onChange={() => {
        keep(OFF, off ? "on" : "off");
        setOff(!off);
      }} />Single keys do something</label></p>
      <p class="note">The address of whatever you look at stands behind the # in the address bar: copy it to share it.</p>
      <button type="button" onClick={() => dialog.current?.close()}>Close</button>
    </dialog>
  );
}
