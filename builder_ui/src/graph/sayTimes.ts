// Lengths of time, days and dates, in words.
import { readDuration, type Unit } from '../fields/duration';
import { sayOr } from '../words/formats';
import { plural, words } from '../words/language';

/** German bends what stands behind "nach", "vor" and "seit": 3 Tagen. */
export type Bent = 'plain' | 'bent';
type Forms = readonly [one: string, other: string, bent: string];

const says = words({
  en: {
    units: {
      years: ['year', 'years', 'years'], months: ['month', 'months', 'months'], weeks: ['week', 'weeks', 'weeks'], days: ['day', 'days', 'days'],
      hours: ['hour', 'hours', 'hours'], minutes: ['minute', 'minutes', 'minutes'], seconds: ['second', 'seconds', 'seconds'],
    } as Readonly<Record<Unit, Forms>>,
    none: 'no time', anyDay: 'any day', weekday: 'a weekday', weekend: 'a weekend',
    days: { mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday', sat: 'Saturday', sun: 'Sunday' } as Readonly<Record<string, string>>,
    on: (days: string) => `on ${days}`, onDays: (days: string) => days,
    before: (length: string, date: string) => `${length} before ${date}`, after: (length: string, date: string) => `${length} after ${date}`,
  },
  de: {
    units: {
      years: ['Jahr', 'Jahre', 'Jahren'], months: ['Monat', 'Monate', 'Monaten'], weeks: ['Woche', 'Wochen', 'Wochen'], days: ['Tag', 'Tage', 'Tagen'],
      hours: ['Stunde', 'Stunden', 'Stunden'], minutes: ['Minute', 'Minuten', 'Minuten'], seconds: ['Sekunde', 'Sekunden', 'Sekunden'],
    },
    none: 'keine Zeit', anyDay: 'an jedem Tag', weekday: 'an einem Werktag', weekend: 'am Wochenende',
    days: { mon: 'Montag', tue: 'Dienstag', wed: 'Mittwoch', thu: 'Donnerstag', fri: 'Freitag', sat: 'Samstag', sun: 'Sonntag' },
    on: (days: string) => days, onDays: (days: string) => `am ${days}`,
    before: (length: string, date: string) => `${length} vor ${date}`, after: (length: string, date: string) => `${length} nach ${date}`,
  },
});

/** An ISO 8601 duration in words: `P1DT2H` is "1 day 2 hours". */
export function sayDuration(iso: string, bent: Bent = 'plain'): string {
  const parts = readDuration(iso)?.parts ?? [];
  const said = parts.map(({ amount, unit }) => {
    const [one, other, bended] = says.units[unit];
    return `${amount} ${plural(amount, one, bent === 'bent' ? bended : other)}`;
  });
  return said.length > 0 ? said.join(' ') : says.none;
}

/** Days of the week in words: Monday to Friday is "a weekday"; in German with its preposition, "an einem Werktag". */
export function sayWeekdays(days: readonly string[] | null | undefined): string {
  if (!days || days.length === 7) return says.anyDay;
  const sorted = Object.keys(says.days).filter((day) => days.includes(day));
  if (sorted.join() === 'mon,tue,wed,thu,fri') return says.weekday;
  if (sorted.join() === 'sat,sun') return says.weekend;
  return says.onDays(sayOr(sorted.map((day) => says.days[day] ?? day)));
}

/** "on a weekday"; empty for any day. */
export function sayOnWeekdays(days: readonly string[] | undefined): string {
  return days && days.length < 7 ? says.on(sayWeekdays(days)) : '';
}

/** So long before or after a date: `-P7D` is "7 days before" it. */
export function sayOffset(offset: string | null | undefined, date: string): string {
  if (!offset) return date;
  return offset.startsWith('-') ? says.before(sayDuration(offset), date) : says.after(sayDuration(offset), date);
}
