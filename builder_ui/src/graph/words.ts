// What a journey says, in plain words.
import type { Condition, Journey, Trigger } from '../generated/journey';

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/(\d+)Y/, 'year'], [/(\d+)M(?=[^T]*$|.*T)/, 'month'], [/(\d+)W/, 'week'], [/(\d+)D/, 'day'],
];
const CLOCK: readonly (readonly [RegExp, string])[] = [[/(\d+)H/, 'hour'], [/(\d+)M/, 'minute'], [/(\d+)S/, 'second']];
const DAYS: Readonly<Record<string, string>> = {
  mon: 'Monday', tue: 'Tuesday', wed: 'Wednesday', thu: 'Thursday', fri: 'Friday', sat: 'Saturday', sun: 'Sunday',
};

/** An ISO 8601 duration in words: `P1DT2H` is "1 day 2 hours". */
export function sayDuration(iso: string): string {
  const [calendar = '', clock = ''] = iso.replace(/^-?P/, '').split('T');
  const parts = [...collect(calendar, UNITS), ...collect(clock, CLOCK)];
  return parts.length > 0 ? parts.join(' ') : 'no time';
}

function collect(text: string, units: readonly (readonly [RegExp, string])[]): string[] {
  return units.flatMap(([pattern, unit]) => {
    const found = pattern.exec(text)?.[1];
    return found === undefined ? [] : [`${Number(found)} ${unit}${Number(found) === 1 ? '' : 's'}`];
  });
}

/** Days of the week in words: Monday to Friday is "a weekday". */
export function sayWeekdays(days: readonly string[] | null | undefined): string {
  if (!days || days.length === 7) return 'any day';
  const sorted = Object.keys(DAYS).filter((day) => days.includes(day));
  if (sorted.join() === 'mon,tue,wed,thu,fri') return 'a weekday';
  if (sorted.join() === 'sat,sun') return 'a weekend';
  return sorted.map((day) => DAYS[day]).join(', ').replace(/, ([^,]*)$/, ' or $1');
}

/** What lets people in. */
export function sayTrigger(trigger: Trigger): { readonly title: string; readonly more: string } {
  switch (trigger.kind) {
    case 'event':
      return { title: `When “${trigger.event}” happens`, more: trigger.entry_key ? `once for each ${lastName(trigger.entry_key)}` : 'anybody who does it' };
    case 'absence':
      return {
        title: `“${trigger.after.event}”, and no “${trigger.without.event}”`,
        more: `within ${sayDuration(trigger.within)}${trigger.entry_key ? `, for each ${lastName(trigger.entry_key)}` : ''}`,
      };
    case 'inactivity':
      return { title: `Nothing for ${sayDuration(trigger.for)}`, more: trigger.no === 'any' ? 'no activity at all' : `no ${[...trigger.no].join(', ')}` };
    case 'segment':
      return { title: `${trigger.change === 'entered' ? 'Enters' : 'Leaves'} the segment “${trigger.segment}”`, more: 'at the moment it does' };
    case 'attribute':
      return { title: `“${trigger.attribute}” changes`, more: trigger.to === undefined ? 'to whatever' : `to ${JSON.stringify(trigger.to)}` };
    case 'date':
      return { title: sayDate(trigger), more: sayDateTime(trigger) };
    case 'message':
      return { title: trigger.channel === 'sms' ? 'A text comes in' : trigger.channel === 'email' ? 'A letter comes in' : 'A message comes in', more: trigger.where ? 'if it is as asked for' : 'from anybody' };
    case 'record':
      return { title: sayRecord(trigger), more: `each ${trigger.type || 'record'} by itself` };
    case 'schedule':
      return { title: trigger.cron ? `On a schedule: ${trigger.cron}` : `Once, at ${trigger.once ?? ''}`, more: trigger.timezone === 'contact' ? 'each in their own zone' : (trigger.timezone ?? 'UTC') };
    case 'journey':
      return { title: 'By another journey', more: trigger.from?.length ? `by ${trigger.from.join(', ')}` : 'by any that starts it' };
    case 'manual':
      return { title: 'By hand', more: 'a colleague lets people in' };
    case 'api':
      return { title: 'By a call', more: 'another system lets people in' };
    default:
      return trigger satisfies never;
  }
}

type DateTrigger = Extract<Trigger, { kind: 'date' }>;
type RecordTrigger = Extract<Trigger, { kind: 'record' }>;

function sayDate(trigger: DateTrigger): string {
  const date = `“${lastName(trigger.attribute)}”`;
  return trigger.offset ? sayOffset(trigger.offset, date) : `On ${date}`;
}

/** So long before or after a date: `-P7D` is "7 days before" it. */
export function sayOffset(offset: string | null | undefined, date: string): string {
  return offset ? `${sayDuration(offset)} ${offset.startsWith('-') ? 'before' : 'after'} ${date}` : date;
}

function sayDateTime(trigger: DateTrigger): string {
  const often = trigger.repeat === 'yearly' ? 'every year' : trigger.repeat === 'monthly' ? 'every month' : 'once';
  return trigger.at ? `${often}, at ${trigger.at} in their own zone` : often;
}

function sayRecord(trigger: RecordTrigger): string {
  const record = trigger.type || 'record';
  const { change } = trigger;
  switch (change.kind) {
    case 'created':
      return `A new ${record}`;
    case 'state':
      return `A ${record} becomes ${change.to ? change.to.join(' or ') : 'something else'}`;
    case 'changed':
      return change.field ? `“${lastName(change.field)}” of a ${record} changes` : `A ${record} changes`;
    case 'clock': {
      const state = change.state ? ` ${change.state.join(' or ')}` : '';
      return `A ${record}${state} for ${sayDuration(change.after)}${change.without_change ? ' without a change' : ''}`;
    }
    default:
      return change satisfies never;
  }
}

const OPERATORS: Readonly<Record<string, string>> = {
  is: 'is', is_not: 'is not', in: 'is one of', not_in: 'is none of', gt: 'over', gte: 'at least', lt: 'under', lte: 'at most',
  exists: 'is known', missing: 'is not known', is_true: 'is true', is_false: 'is false', member: 'member', not_member: 'no member',
};

/** An operator in words; most say themselves. */
function sayOperator(op: string): string {
  return OPERATORS[op] ?? op.replaceAll('_', ' ');
}

/** A condition in a few words, for a line or a card. */
export function sayCondition(condition: Condition): string {
  if ('all' in condition) return condition.all.map(sayCondition).join(' and ');
  if ('any' in condition) return condition.any.map(sayCondition).join(' or ');
  if ('none' in condition) return `not (${condition.none.map(sayCondition).join(' or ')})`;
  const leaf = condition as unknown as Record<string, unknown>;
  const about = ['attribute', 'trigger', 'context', 'subject', 'segment', 'consent', 'message', 'template', 'event'].find((name) => name in leaf);
  const name = about === undefined ? 'condition' : lastName(String(leaf[about])) || '…';
  const value = 'value' in leaf ? ` ${Array.isArray(leaf['value']) ? leaf['value'].join(', ') : String(leaf['value'])}` : '';
  const measure = 'measure' in leaf ? `${String(leaf['measure'])} of ` : '';
  return `${measure}${name} ${sayOperator(String(leaf['op']))}${value}`;
}

/** What takes people out early, and what counts as success. */
export function sayExits(journey: Journey): readonly string[] {
  return (journey.exits ?? []).map((exit) =>
    'event' in exit ? `${exit.event === 'any' ? 'Any activity' : `“${exit.event}”`} → ${exit.reason ?? 'exit event'}` : `${sayCondition(exit.when)} → ${exit.reason ?? 'exit condition'}`);
}

/** The last name of a path: `properties.cart_id` is "cart id". */
export function lastName(path: string): string {
  return (path.split('.').at(-1) ?? path).replaceAll('_', ' ');
}
