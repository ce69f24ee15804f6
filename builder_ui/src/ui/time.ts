// Times as people read them, in the zone of whoever reads.

/** A day and a time: "24 Nov, 15:04". */
export function sayInstant(iso: string | null): string {
  if (iso === null) return '–';
  return new Date(iso).toLocaleString(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
}

/** Seconds in the largest unit that fits: "3 min". */
export function saySeconds(seconds: number | null): string {
  if (seconds === null) return '–';
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} min`;
  return seconds < 86_400 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}

/** The minutes from now until the next weekday's 09:00 here, as an ISO 8601 duration. */
export function untilMorning(now: Date): string {
  const morning = new Date(now);
  morning.setHours(9, 1, 0, 0);
  do morning.setDate(morning.getDate() + 1);
  while (morning.getDay() === 0 || morning.getDay() === 6);
  return `PT${Math.ceil((morning.getTime() - now.getTime()) / 60_000)}M`;
}
