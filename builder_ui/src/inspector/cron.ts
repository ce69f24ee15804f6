// Schedules as people set them: each day, on days of the week, or of the month, at a time. Anything else is written out.
import type { Weekday } from '../generated/journey';

export type Schedule = { readonly time: string; readonly every: 'day' } | { readonly time: string; readonly every: 'week'; readonly days: readonly Weekday[] } | { readonly time: string; readonly every: 'month'; readonly day: number };

const DAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const NUMBERS: Readonly<Record<string, Weekday>> = { 0: 'sun', 1: 'mon', 2: 'tue', 3: 'wed', 4: 'thu', 5: 'fri', 6: 'sat', 7: 'sun' };

/** The schedule that a cron text says, if it is one of those. */
export function readCron(cron: string): Schedule | null {
  const [minute = '', hour = '', day = '', month = '', weekday = '', more] = cron.split(' ');
  const isTime = /^([0-9]|[1-5]\d)$/.test(minute) && /^([0-9]|1\d|2[0-3])$/.test(hour);
  if (!isTime || month !== '*' || more !== undefined) return null;
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
  if (day === '*' && weekday === '*') return { time, every: 'day' };
  if (weekday === '*') return /^([1-9]|[12]\d|3[01])$/.test(day) ? { time, every: 'month', day: Number(day) } : null;
  const days = day === '*' ? readDays(weekday) : null;
  return days && { time, every: 'week', days };
}

export function writeCron(schedule: Schedule): string {
  const [hour = 0, minute = 0] = schedule.time.split(':').map(Number);
  const time = `${minute} ${hour}`;
  if (schedule.every === 'day') return `${time} * * *`;
  return schedule.every === 'month' ? `${time} ${schedule.day} * *` : `${time} * * ${DAYS.filter((day) => schedule.days.includes(day)).join(',')}`;
}

function readDays(text: string): readonly Weekday[] | null {
  const found = text.split(',').flatMap((part): readonly (Weekday | null)[] => {
    const [from, to] = part.split('-').map(readDay);
    if (from === undefined || from === null) return [null];
    if (to === undefined) return [from];
    return to === null || DAYS.indexOf(to) < DAYS.indexOf(from) ? [null] : DAYS.slice(DAYS.indexOf(from), DAYS.indexOf(to) + 1);
  });
  return found.every((day): day is Weekday => day !== null) ? DAYS.filter((day) => found.includes(day)) : null;
}

function readDay(text: string): Weekday | null {
  const name = text.toLowerCase();
  return DAYS.find((day) => day === name) ?? NUMBERS[name] ?? null;
}
