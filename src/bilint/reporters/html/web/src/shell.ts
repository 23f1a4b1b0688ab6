/** A word as a POSIX shell reads it back; null when no command should be made of it. */
export function shellWord(text: string): string | null {
  if (text === "" || /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ud800-\udfff]/.test(lonely(text))) return null;
  if (/^[\w@%+=:,./][\w@%+=:,./-]*$/.test(text)) return text;
  // What begins with a dash would be taken for an option.
  return `'${(text.startsWith("-") ? `./${text}` : text).replaceAll("'", "'\\''")}'`;
}

/** The text without proper pairs of surrogates: what is left of them stands alone. */
function lonely(text: string): string {
  return text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, "");
}

/** A command: words of ours as they are, then what comes out of the report. */
export function command(ours: string, ...theirs: string[]): string | null {
  const quoted = theirs.map(shellWord);
  return quoted.includes(null) ? null : ["bilint", ours, ...quoted].join(" ");
}
