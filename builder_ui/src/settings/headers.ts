// Headers of an endpoint as lines of text: a name, a colon, a value; without a value it stays as it is.

/** Headers by name, null for a value that is kept; null where a line is no header. */
export function readHeaders(text: string): Record<string, string | null> | null {
  const found: Record<string, string | null> = {};
  for (const line of text.split('\n').map((one) => one.trim()).filter(Boolean)) {
    const at = line.indexOf(':');
    const name = (at === -1 ? line : line.slice(0, at)).trim();
    if (!/^[A-Za-z0-9-]+$/.test(name) || Object.hasOwn(found, name)) return null;
    found[name] = at === -1 ? null : line.slice(at + 1).trim() || null;
  }
  return found;
}

/** The names of headers as lines; their values are never shown. */
export function writeHeaders(names: readonly string[]): string {
  return names.join('\n');
}
