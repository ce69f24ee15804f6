/** What a journey would bring, as JSON; null: it is none. Pure. */
export function readData(text: string): Record<string, unknown> | null {
  if (!text.trim()) return {};
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === 'object' && said !== null && !Array.isArray(said) ? (said as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
