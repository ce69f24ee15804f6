/** The minutes from now until the next weekday's 09:00 here, as an ISO 8601 duration. */
export function untilMorning(now: Date): string {
  const morning = new Date(now);
  morning.setHours(9, 1, 0, 0);
  do morning.setDate(morning.getDate() + 1);
  while (morning.getDay() === 0 || morning.getDay() === 6);
  return `PT${Math.ceil((morning.getTime() - now.getTime()) / 60_000)}M`;
}
