import { expect, it } from 'vitest';

import { sayCondition, sayDuration, sayTrigger, sayWeekdays } from '../src/graph/words';
import type { Node } from '../src/generated/journey';
import { describeNode } from '../src/nodes/registry';
import { untilMorning } from '../src/ui/morning';

it.each([
  ['PT1H', '1 hour'],
  ['P1D', '1 day'],
  ['P1DT2H', '1 day 2 hours'],
  ['P2W', '2 weeks'],
  ['P1M', '1 month'],
  ['PT90M', '90 minutes'],
  ['P1Y', '1 year'],
])('says %s as "%s"', (iso, words) => expect(sayDuration(iso)).toBe(words));

it('says weekdays as people do', () => {
  expect(sayWeekdays(['mon', 'tue', 'wed', 'thu', 'fri'])).toBe('a weekday');
  expect(sayWeekdays(['sun', 'sat'])).toBe('a weekend');
  expect(sayWeekdays(['wed', 'mon'])).toBe('Monday or Wednesday');
  expect(sayWeekdays(undefined)).toBe('any day');
});

it('says conditions, nested ones too', () => {
  expect(sayCondition({ all: [{ attribute: 'plan', op: 'in', value: ['pro', 'team'] }, { none: [{ segment: 'vip', op: 'member' }] }] })).toBe('plan is one of pro, team and not (vip member)');
});

it('says what lets people in', () => {
  expect(sayTrigger({ kind: 'inactivity', no: 'any', for: 'P30D' }).title).toBe('Nothing for 30 days');
  expect(sayTrigger({ kind: 'date', attribute: 'renews_on', offset: '-P7D', at: '09:00', repeat: 'yearly' })).toEqual({ title: '7 days before “renews on”', more: 'every year, at 09:00 in their own zone' });
  expect(sayTrigger({ kind: 'message', channel: 'sms' }).title).toBe('A text comes in');
  expect(sayTrigger({ kind: 'record', type: 'ticket', change: { kind: 'state', to: ['resolved'] } })).toEqual({ title: 'A ticket becomes resolved', more: 'each ticket by itself' });
  expect(sayTrigger({ kind: 'record', type: 'ticket', change: { kind: 'clock', after: 'P3D', without_change: true, state: ['open'] } }).title).toBe('A ticket open for 3 days without a change');
  expect(sayTrigger({ kind: 'journey', from: ['lead-score'] }).more).toBe('by lead-score');
  expect(sayTrigger({ kind: 'event', event: 'Ticket Closed', entry_key: 'properties.ticket_id' }).more).toBe('once for each ticket id');
});

it('finds the next working morning, also over a weekend', () => {
  const friday = new Date(2026, 10, 27, 12, 0);
  expect(untilMorning(friday)).toBe(`PT${(2 * 24 + 21) * 60 + 1}M`);
});

it.each<[Node, string]>([
  [{ kind: 'throttle', at_most: 100 }, 'At most 100 in 1 minute: the others wait in line'],
  [{ kind: 'throttle', at_most: 5, per: 'PT1H' }, 'At most 5 in 1 hour: the others wait in line'],
  [{ kind: 'consent', topic: 'tips', channel: 'email', choice: 'subscribed', confirmed_by: 'ask' }, 'Subscribe to tips: by email, if “ask” was clicked'],
  [{ kind: 'consent', topic: 'tips', channel: 'sms', choice: 'unsubscribed' }, 'Unsubscribe from tips: by sms'],
  [{ kind: 'score', score: 'interest', by: 10, ceiling: 100 }, 'Add 10 to interest: at most 100'],
  [{ kind: 'score', score: 'interest', by: -3, floor: 0 }, 'Take 3 from interest: at least 0'],
  [{ kind: 'score', score: 'interest', to: 0 }, 'Set interest to 0: '],
  [{ kind: 'emit_event', event: 'Lead Warmed', properties: { demo: 1 } }, 'Say “Lead Warmed”: demo'],
  [{ kind: 'start_journey', journey: 'nurturing', data: { demo: 1 } }, 'Start nurturing: with demo'],
  [{ kind: 'start_journey', journey: '' }, 'Start nothing: for this contact'],
  [{ kind: 'stop_journey', journey: 'nurturing' }, 'Stop nurturing: for this contact'],
  [{ kind: 'stop_journey', journey: 'nurturing', entry_key: { $: 'entry_key' } }, 'Stop nurturing: the one of this entry key'],
])('says a node in words', (node, words) => {
  const { title, more } = describeNode(node);
  expect(`${title}: ${more}`).toBe(words);
});
