const NUMBER = new Intl.NumberFormat("en");
const DAY = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeZone: "UTC" });

export const number = (value: number) => NUMBER.format(value);

export const count = (value: number, noun: string, many = `${noun}s`) =>
  `${number(value)} ${value === 1 ? noun : many}`;

export const percent = (value: number | null) =>
  value === null || value < 0 ? "–" : `${value > 0 && value < 1 ? "<1" : Math.round(value)} %`;

export function hours(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const whole = minutes / 60;
  return `${number(whole < 10 ? Math.round(whole * 10) / 10 : Math.round(whole))} h`;
}

/** How long the queue takes: its time is for findings too, and for these alone without words. */
export const timeNeeded = (words: number, minutes: number) =>
  `about ${hours(minutes)} for ${words ? "words and findings" : "findings"}`;

export function day(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : DAY.format(date);
}

export function signed(value: number): string {
  return value === 0 ? "±0" : value > 0 ? `+${number(value)}` : `−${number(-value)}`;
}

let languages: Intl.DisplayNames | null = null;
/** `Italian (Italy)` for `it-IT`; the code itself where the browser knows no name. */
export function localeName(locale: string): string {
  try {
    languages ??= new Intl.DisplayNames(["en"], { type: "language" });
    return languages.of(locale) ?? locale;
  } catch {
    return locale;
  }
}

export const words = (name: string) => name.replaceAll("_", " ").replaceAll("-", " ");
