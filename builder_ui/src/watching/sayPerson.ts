// Where somebody is, and why, in one line.
import { sayAgo, sayInstant, sayOr } from '../words/formats';
import type { Person } from './asks';
import { says } from './peopleWords';
import { type ReasonList, sayReason } from './reasons';

type Named = { readonly name: string; readonly email?: string | null | undefined; readonly external_id?: string | null | undefined };

export function nameOf({ name, email, external_id }: Named): string {
  return name || email || external_id || says.anonymous;
}

const FATE_LISTS: Readonly<Record<string, ReasonList>> = { skipped: 'skipped', cancelled: 'cancelled', failed: 'failed', set_aside: 'failed', uncertain: 'uncertain' };

/** What is to be said of somebody; `now` is the instance's own time, in milliseconds. */
export function sayWhere(person: Person, now: number): string {
  const { message, message_reason, at } = person;
  if (message !== null) return [says.message(sayInstant(at), says.states[message] ?? message), ...(message_reason ? [sayReason(FATE_LISTS[message] ?? 'failed', message_reason)] : [])].join(' · ');
  if (at !== null) return says.goalAt(sayInstant(at));
  switch (person.status) {
    case 'completed':
      return says.done(sayInstant(person.ended_at));
    case 'exited':
      return says.left(sayInstant(person.ended_at), sayReason('exited', person.reason ?? ''));
    case 'failed':
      return says.aside(person.reason ?? '');
    default:
      return `${says.here(sayInstant(person.since))} · ${sayNext(person, now)}`;
  }
}

function sayNext({ until, expects }: Person, now: number): string {
  if (until === null || Date.parse(until) <= now) return says.due;
  return expects.length > 0 ? says.expects(sayOr(expects.map((one) => `“${one}”`)), sayWhen(until, now)) : says.until(sayWhen(until, now));
}

/** "29 Nov, 09:00 (tomorrow)". */
function sayWhen(iso: string, now: number): string {
  return `${sayInstant(iso)} (${sayAgo(iso, now)})`;
}
