// Conditions in a few words, for a line, a card or the rule builder.
import { sayValue } from '../fields/values';
import type { Condition, Journey, Where } from '../generated/journey';
import { words } from '../words/language';
import { sayDuration } from './sayTimes';

type Words = Readonly<Record<string, string>>;

const says = words({
  en: {
    and: ' and ', or: ' or ', none: (members: string) => `not (${members})`, yes: 'yes', no: 'no', nothing: 'nothing', emptyText: 'empty text', both: ' and ',
    operators: {
      is: 'is', is_not: 'is not', in: 'is one of', not_in: 'is none of', gt: 'over', gte: 'at least', lt: 'under', lte: 'at most', between: 'between', exists: 'is known', missing: 'is not known', is_true: 'is true', is_false: 'is false',
      contains: 'contains', not_contains: 'does not contain', starts_with: 'starts with', ends_with: 'ends with', matches: 'matches', before: 'before', after: 'after', on: 'on', within_last: 'within the last', within_next: 'within the next',
      anniversary_within: 'has its anniversary within', has_any: 'has any of', has_all: 'has all of',
    } as Words,
    measures: {
      done: (event: string) => `${event} happened`, not_done: (event: string) => `no ${event}`, count: (event: string) => `number of ${event}`, first: (event: string) => `first ${event}`, last: (event: string) => `last ${event}`,
      sum: (event: string, of: string) => `sum of ${of} of ${event}`, average: (event: string, of: string) => `average ${of} of ${event}`, minimum: (event: string, of: string) => `lowest ${of} of ${event}`, maximum: (event: string, of: string) => `highest ${of} of ${event}`,
    } as Readonly<Record<string, (event: string, of: string) => string>>,
    within: (length: string) => ` in the last ${length}`, where: (filter: string) => ` (${filter})`,
    member: (segment: string) => `${segment} member`, not_member: (segment: string) => `no ${segment} member`,
    consent: { subscribed: 'said yes', not_subscribed: 'did not say yes', unsubscribed: 'said no', unanswered: 'never answered' } as Words, consentTo: (choice: string, topic: string, channel: string) => `${choice} to ${topic} by ${channel}`,
    channels: { email: 'e-mail', sms: 'text', push: 'push', chat: 'chat' } as Words,
    fates: {
      sent: 'sent', delivered: 'delivered', opened: 'opened', clicked: 'clicked', bounced: 'bounced', replied: 'replied to', not_sent: 'not sent', not_delivered: 'not delivered', not_opened: 'not opened', not_clicked: 'not clicked', not_bounced: 'not bounced', not_replied: 'not replied to',
    } as Words,
    any: 'Any activity', quoted: (text: string) => `“${text}”`, exitEvent: 'exit event', exitCondition: 'exit condition',
  },
  de: {
    and: ' und ', or: ' oder ', none: (members: string) => `nicht (${members})`, yes: 'ja', no: 'nein', nothing: 'nichts', emptyText: 'leerer Text', both: ' und ',
    operators: {
      is: 'ist', is_not: 'ist nicht', in: 'ist eins von', not_in: 'ist keins von', gt: 'über', gte: 'mindestens', lt: 'unter', lte: 'höchstens', between: 'zwischen', exists: 'ist bekannt', missing: 'ist nicht bekannt', is_true: 'ist wahr', is_false: 'ist falsch',
      contains: 'enthält', not_contains: 'enthält nicht', starts_with: 'beginnt mit', ends_with: 'endet mit', matches: 'passt auf', before: 'vor', after: 'nach', on: 'am', within_last: 'in den letzten', within_next: 'in den nächsten',
      anniversary_within: 'jährt sich binnen', has_any: 'hat eins von', has_all: 'hat alle von',
    },
    measures: {
      done: (event: string) => `${event} ist geschehen`, not_done: (event: string) => `kein ${event}`, count: (event: string) => `Anzahl ${event}`, first: (event: string) => `${event} zum ersten Mal`, last: (event: string) => `${event} zuletzt`,
      sum: (event: string, of: string) => `Summe von ${of} bei ${event}`, average: (event: string, of: string) => `Durchschnitt von ${of} bei ${event}`, minimum: (event: string, of: string) => `kleinster Wert von ${of} bei ${event}`, maximum: (event: string, of: string) => `größter Wert von ${of} bei ${event}`,
    },
    within: (length: string) => ` in den letzten ${length}`, where: (filter: string) => ` (${filter})`,
    member: (segment: string) => `Mitglied von ${segment}`, not_member: (segment: string) => `kein Mitglied von ${segment}`,
    consent: { subscribed: 'hat zugestimmt', not_subscribed: 'hat nicht zugestimmt', unsubscribed: 'hat abgelehnt', unanswered: 'hat nie geantwortet' }, consentTo: (choice: string, topic: string, channel: string) => `${topic} per ${channel}: ${choice}`,
    channels: { email: 'E-Mail', sms: 'SMS', push: 'Push', chat: 'Chat' },
    fates: {
      sent: 'gesendet', delivered: 'zugestellt', opened: 'geöffnet', clicked: 'angeklickt', bounced: 'zurückgekommen', replied: 'beantwortet', not_sent: 'nicht gesendet', not_delivered: 'nicht zugestellt', not_opened: 'nicht geöffnet', not_clicked: 'nicht angeklickt', not_bounced: 'nicht zurückgekommen', not_replied: 'nicht beantwortet',
    },
    any: 'Jede Aktivität', quoted: (text: string) => `„${text}“`, exitEvent: 'Ereignis zum Ausstieg', exitCondition: 'Bedingung zum Ausstieg',
  },
});

type Leaf = Readonly<Record<string, unknown>>;

/** A condition, or the filter of an event, in a few words. */
export function sayCondition(condition: Condition | Where): string {
  if ('all' in condition) return condition.all.map(sayMember).join(says.and);
  if ('any' in condition) return condition.any.map(sayMember).join(says.or);
  if ('none' in condition) return says.none(condition.none.map(sayCondition).join(says.or));
  return sayLeaf(condition as unknown as Leaf);
}

/** A group inside a group stands in brackets, unless it says itself where it ends. */
function sayMember(member: Condition | Where): string {
  const inside = 'all' in member ? member.all : 'any' in member ? member.any : [];
  return inside.length > 1 ? `(${sayCondition(member)})` : sayCondition(member);
}

function sayLeaf(leaf: Leaf): string {
  const op = String(leaf['op']);
  if ('event' in leaf) return sayEvent(leaf, op);
  if ('segment' in leaf) return (op === 'member' ? says.member : says.not_member)(sayName(leaf['segment']));
  if ('consent' in leaf) return says.consentTo(says.consent[op] ?? op, sayName(leaf['consent']), says.channels[String(leaf['channel'])] ?? String(leaf['channel']));
  if ('message' in leaf || 'template' in leaf) return `${sayName(leaf['message'] ?? leaf['template'])} ${says.fates[op] ?? op}${sayWithin(leaf)}`;
  const name = leaf['attribute'] ?? leaf['trigger'] ?? leaf['context'] ?? leaf['subject'] ?? leaf['property'];
  return `${sayName(name)} ${sayComparison(leaf, op)}`;
}

function sayEvent(leaf: Leaf, op: string): string {
  const measure = String(leaf['measure'] ?? op);
  const compared = 'measure' in leaf ? ` ${sayComparison(leaf, op)}` : '';
  const where = leaf['where'] ? says.where(sayCondition(leaf['where'] as Where)) : '';
  const what = says.measures[measure]?.(sayName(leaf['event']), sayName(leaf['of'])) ?? measure;
  return `${what}${where}${compared}${sayWithin(leaf)}`;
}

function sayWithin(leaf: Leaf): string {
  return typeof leaf['within'] === 'string' ? says.within(sayDuration(leaf['within'], 'bent')) : '';
}

function sayComparison(leaf: Leaf, op: string): string {
  const operator = says.operators[op] ?? op;
  const value = leaf['value'];
  if (value === undefined || (value === null && op !== 'is' && op !== 'is_not')) return operator;
  if (op === 'between' && Array.isArray(value)) return `${operator} ${value.map(sayOne).join(says.both)}`;
  const isLength = op === 'within_last' || op === 'within_next' || op === 'anniversary_within';
  return `${operator} ${isLength && typeof value === 'string' ? sayDuration(value, 'bent') : Array.isArray(value) ? value.map(sayOne).join(', ') : sayOne(value)}`;
}

function sayOne(value: unknown): string {
  if (value === null) return says.nothing;
  if (value === '') return says.emptyText;
  return typeof value === 'boolean' ? (value ? says.yes : says.no) : sayValue(value);
}

function sayName(name: unknown): string {
  return lastName(String(name ?? '')) || '…';
}

/** What takes people out early, and what counts as success. */
export function sayExits(journey: Journey): readonly string[] {
  return (journey.exits ?? []).map((exit) =>
    'event' in exit ? `${exit.event === 'any' ? says.any : says.quoted(exit.event || '…')} → ${exit.reason ?? says.exitEvent}` : `${sayCondition(exit.when)} → ${exit.reason ?? says.exitCondition}`);
}

/** The last name of a path: `properties.cart_id` is "cart id". */
export function lastName(path: string): string {
  return (path.split('.').at(-1) ?? path).replaceAll('_', ' ');
}
