// How a segment grew: pure.

export type Day = { readonly day: string; readonly size: number };
const DAY = 86_400_000;

/** The days of which a size is known, the first is `since`. */
export function listDays(since: string, sizes: readonly (number | null)[]): readonly Day[] {
  const first = Date.parse(`${since}T00:00:00Z`);
  return sizes.flatMap((size, place) => (size === null ? [] : [{ day: new Date(first + place * DAY).toISOString().slice(0, 10), size }]));
}

/** By how many it is larger than so many days ago; null where that is not known. */
export function growthOver(sizes: readonly (number | null)[], days: number): number | null {
  const now = sizes.at(-1) ?? null;
  const before = sizes.at(-1 - days) ?? null;
  return now === null || before === null ? null : now - before;
}
