// Which version, and of which days: what figures are of. Days are days in UTC, as the server counts them.
/** A version by its number, all of them, or (null) the one that is live. */
export type Chosen = number | 'all' | null;

/** The last so many days, today included; or from one to another, both included; or (null) all time. */
export type Range = { readonly days: number } | { readonly since: string; readonly until: string } | null;

/** What the picker offers, in days. */
export const SPANS = [1, 7, 30, 90] as const;

export function writeVersion(chosen: Chosen): { readonly version?: number | 'all' } {
  return chosen === null ? {} : { version: chosen };
}

export function writeRange(range: Range): { readonly days?: number; readonly since?: string; readonly until?: string } {
  return range ?? {};
}

/** What the picker's value stands for; days of one's own are chosen elsewhere. */
export function readSpan(value: string): Range {
  const days = SPANS.find((one) => String(one) === value);
  return days === undefined ? null : { days };
}

export function nameSpan(range: Range): string {
  if (range === null) return 'all';
  return 'days' in range ? String(range.days) : 'own';
}

/** Two dates, "YYYY-MM-DD", as a range; null while one is missing or they are the wrong way round. */
export function readOwn(since: string | null, until: string | null): Range {
  return since && until && since <= until ? { since, until } : null;
}

/** What a series of days is to show: the days asked for, each with what happened on it, none left out. */
export function fillDays<Of extends { readonly day: string }>(days: readonly Of[], range: Range, today: string, empty: (day: string) => Of): readonly Of[] {
  const [first, last] = bounds(days, range, today);
  if (first === null) return [];
  const known = new Map(days.map((one) => [one.day, one]));
  const filled: Of[] = [];
  for (let day = first; day <= last && filled.length < MOST; day = addDay(day, 1)) filled.push(known.get(day) ?? empty(day));
  return filled;
}

const MOST = 1100;

function bounds(days: readonly { readonly day: string }[], range: Range, today: string): readonly [string | null, string] {
  if (range === null) return [days[0]?.day ?? null, days.at(-1)?.day === undefined || days.at(-1)!.day < today ? today : days.at(-1)!.day];
  return 'days' in range ? [addDay(today, 1 - range.days), today] : [range.since, range.until];
}

/** The date so many days later. */
export function addDay(day: string, by: number): string {
  const at = new Date(`${day}T00:00:00Z`);
  at.setUTCDate(at.getUTCDate() + by);
  return at.toISOString().slice(0, 10);
}
