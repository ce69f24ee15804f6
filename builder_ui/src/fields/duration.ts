// ISO 8601 durations as people set them: amounts of units. `P1D` is a day on the calendar, `PT24H` exactly 24 hours.

/** From the longest to the shortest. */
export const UNITS = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'] as const;
export type Unit = (typeof UNITS)[number];
export type Part = { readonly amount: number; readonly unit: Unit };
export type Duration = { readonly isBefore: boolean; readonly parts: readonly Part[] };

/** Steps forward on a calendar, as waits take them. */
export const CALENDAR: readonly Unit[] = ['minutes', 'hours', 'days', 'weeks', 'months', 'years'];
/** Lengths of exact time. */
export const ELAPSED: readonly Unit[] = ['seconds', 'minutes', 'hours', 'days', 'weeks'];

const ISO = /^(-?)P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;
const LETTERS: Readonly<Record<Unit, string>> = { years: 'Y', months: 'M', weeks: 'W', days: 'D', hours: 'H', minutes: 'M', seconds: 'S' };

/** The parts of a duration; null of a text that is none. */
export function readDuration(iso: string): Duration | null {
  const found = ISO.exec(iso);
  if (!found) return null;
  const parts = UNITS.flatMap((unit, place) => (found[place + 2] === undefined ? [] : [{ amount: Number(found[place + 2]), unit }]));
  return { isBefore: found[1] === '-', parts };
}

/** The duration as it is written; units that come twice are added up. */
export function writeDuration({ isBefore, parts }: Duration): string {
  const written = (units: readonly Unit[]) =>
    units.map((unit) => {
      const several = parts.filter((part) => part.unit === unit);
      return several.length > 0 ? `${several.reduce((sum, { amount }) => sum + amount, 0)}${LETTERS[unit]}` : '';
    }).join('');
  const clock = written(UNITS.slice(4));
  return `${isBefore ? '-' : ''}P${written(UNITS.slice(0, 4))}${clock ? `T${clock}` : ''}`;
}

/** The unit that a new part begins with: the next shorter one that is not there yet. */
export function nextUnit(parts: readonly Part[], allowed: readonly Unit[]): Unit | null {
  const taken = parts.map(({ unit }) => UNITS.indexOf(unit));
  const free = UNITS.filter((unit) => allowed.includes(unit) && !parts.some((part) => part.unit === unit));
  return free.find((unit) => UNITS.indexOf(unit) > Math.max(...taken)) ?? free.at(-1) ?? null;
}
