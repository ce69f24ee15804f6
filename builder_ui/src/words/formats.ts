// Numbers and times as people read them: in their language, and in the zone of whoever reads.
import { language, locale, plural, words } from './language';

const says = words({
  en: { never: '–', justNow: 'just now', seconds: 's', minutes: 'min', hours: 'h', days: (n: number) => `${n} d` },
  de: { never: '–', justNow: 'gerade eben', seconds: 's', minutes: 'Min.', hours: 'Std.', days: (n: number) => `${n} ${plural(n, 'Tag', 'Tage')}` },
});

const NUMBER = new Intl.NumberFormat(locale);
const COMPACT = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
const PERCENT = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
const INSTANT = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const FULL = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium' });
const DAY = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const AGO = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
const AND = new Intl.ListFormat(language, { type: 'conjunction' });
const OR = new Intl.ListFormat(language, { type: 'disjunction' });

/** "12,480". */
export function sayNumber(n: number): string {
  return NUMBER.format(n);
}

/** Large numbers in little room: "12.5K". */
export function sayCompact(n: number): string {
  return COMPACT.format(n);
}

/** A share from 0 to 1: "41.8%"; of nothing, a dash. */
export function sayShare(part: number, whole: number): string {
  return whole > 0 ? PERCENT.format(part / whole) : says.never;
}

/** A day and a time: "24 Nov, 15:04". */
export function sayInstant(iso: string | null): string {
  return iso === null ? says.never : INSTANT.format(new Date(iso));
}

/** A day and a time with everything, for a tooltip. */
export function sayFully(iso: string): string {
  return FULL.format(new Date(iso));
}

/** A date without a time, "YYYY-MM-DD": "24 Nov". */
export function sayDay(date: string): string {
  return DAY.format(new Date(`${date.slice(0, 10)}T00:00:00Z`));
}

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [['day', 86_400], ['hour', 3600], ['minute', 60]];

/** How long ago, or ahead: "3 hours ago", "in 2 days". `now` in milliseconds. */
export function sayAgo(iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const step = STEPS.find(([, length]) => Math.abs(seconds) >= length);
  return step ? AGO.format(Math.round(seconds / step[1]), step[0]) : says.justNow;
}

/** Seconds in the largest unit that fits: "3 min". */
export function saySeconds(seconds: number | null): string {
  if (seconds === null) return says.never;
  if (seconds < 60) return `${Math.round(seconds)} ${says.seconds}`;
  if (seconds < 3600) return `${Math.round(seconds / 60)} ${says.minutes}`;
  return seconds < 86_400 ? `${Math.round(seconds / 3600)} ${says.hours}` : says.days(Math.round(seconds / 86_400));
}

/** "Monday, Tuesday and Friday". */
export function sayAnd(several: readonly string[]): string {
  return AND.format(several);
}

/** "Monday, Tuesday or Friday". */
export function sayOr(several: readonly string[]): string {
  return OR.format(several);
}
