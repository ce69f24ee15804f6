import { expect, it } from 'vitest';

import type { MessageShown } from '../src/messages/asks';
import { askedOf, change, countFilters, readSought } from '../src/messages/sought';
import { lastMark, listSteps, madeByColor, partGates, sayGate, sayTouchWhy, sayWhy, splitDetails, titleOf } from '../src/messages/told';

it('reads from an address what is looked for, and nothing else', () => {
  expect(readSought({ search: 'ann@', channel: 'fax', class: 'marketing', state: 'failed', from: '2026-03-01', to: 'soon', other: 1, journey: '' })).toEqual({ search: 'ann@', class: 'marketing', state: 'failed', from: '2026-03-01' });
  expect(readSought({ search: 15550100 })).toEqual({ search: '15550100' });
});

it('changes one thing and takes out what is empty', () => {
  const sought = change({ search: 'ann', state: 'failed', reason: 'refused' }, { state: 'sent', reason: null });
  expect(sought).toEqual({ search: 'ann', state: 'sent' });
  expect(countFilters({ ...sought, journey: 'welcome' })).toBe(1);
  expect(countFilters({ search: 'ann' })).toBe(0);
});

it('asks for whole days of whoever looks', () => {
  const { since, until } = askedOf({ from: '2026-02-28', to: '2026-02-28' });
  expect(Date.parse(until!) - Date.parse(since!)).toBe(86_400_000);
  expect(new Date(since!).getHours()).toBe(0);
  expect(askedOf({ channel: 'sms' })).toEqual({ channel: 'sms' });
});

const MESSAGE = { state: 'sent', created_at: '2026-03-01T10:00:00Z', started_at: '2026-03-01T10:00:01Z', sent_at: '2026-03-01T10:00:02Z', marks: { opened: '2026-03-02T09:00:00Z', delivered: '2026-03-01T10:00:09Z' }, due_at: null, expires_at: '2026-03-05T10:00:00Z', held_until: null } as unknown as MessageShown;

it('tells what happened in its order, and of one that waits what is ahead', () => {
  expect(listSteps(MESSAGE).map(({ what }) => what)).toEqual(['created', 'started', 'sent', 'delivered', 'opened']);
  const waiting = { ...MESSAGE, state: 'queued', started_at: null, sent_at: null, marks: {}, due_at: '2026-03-01T10:00:00Z' } as MessageShown;
  expect(listSteps(waiting).map(({ what }) => what)).toEqual(['created', 'due', 'expires']);
  expect(listSteps({ ...waiting, held_until: '2026-03-02T06:00:00Z' }).map(({ what }) => what)).toEqual(['created', 'held', 'expires']);
});

it('says why by the list that the state belongs to', () => {
  expect(sayWhy({ state: 'uncertain', reason: 'contact_deleted' })).toBe('the contact was deleted while it was being sent');
  expect(sayWhy({ state: 'skipped', reason: 'contact_deleted' })).toBe('the contact was deleted');
  expect(sayWhy({ state: 'cancelled', reason: 'left' })).toBe('they left the journey before it was sent');
  expect(sayWhy({ state: 'sent', reason: null })).toBeNull();
});

it('names the last that was heard, and what a message is called', () => {
  expect(lastMark({ marks: { delivered: 'x', opened: 'y' } })).toBe('opened');
  expect(lastMark({ marks: {} })).toBeNull();
  expect(titleOf({ subject: null, template: 'welcome', template_name: 'A warm welcome', channel: 'email' })).toBe('A warm welcome');
  expect(titleOf({ subject: null, template: 'welcome', template_name: null, channel: 'email' })).toBe('welcome');
  expect(titleOf({ subject: null, template: null, template_name: null, channel: 'webhook' })).toBe('Call');
});

it('says of a gate what it looks after, or why it said no', () => {
  expect(sayGate({ gate: 'no_consent', said: 'passed' })).toBe('There is consent to the topic');
  expect(sayGate({ gate: 'no_consent', said: 'refused' })).toBe('no consent to this topic');
  const { asked, apart } = partGates([{ gate: 'expired', said: 'not_asked' }, { gate: 'holdout', said: 'not_concerned' }]);
  expect([asked.length, apart.length]).toEqual([1, 1]);
});

it('lets what a person did stand out, and says what gave a machine away', () => {
  expect((['human', 'machine', 'unknown', null] as const).map((made_by) => madeByColor({ made_by }))).toEqual(['teal', 'gray', 'orange', 'gray']);
  expect(sayTouchWhy('burst')).toBe('many links at once');
});

it('tells its own words, such as which limit was used up, from those of a provider', () => {
  expect(splitDetails({ provider: null, attempts: 0, reason: null, details: 'weekly' })).toEqual({ own: 'weekly', theirs: null });
  expect(splitDetails({ provider: 'smtp', attempts: 0, reason: null, details: '250 taken' })).toEqual({ own: null, theirs: '250 taken' });
  expect(splitDetails({ provider: null, attempts: 1, reason: null, details: '550 no' })).toEqual({ own: null, theirs: '550 no' });
  expect(splitDetails({ provider: 'smtp', attempts: 1, reason: 'expired', details: 'for 72 hours' })).toEqual({ own: 'for 72 hours', theirs: null });
});
