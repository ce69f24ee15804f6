import { expect, it } from 'vitest';

import type { Entry } from '../src/contacts/asks';
import { listChanges, listNotes, listRows, nameToType, sayLocal, sayMore, sayTitle, sayValue } from '../src/contacts/happened';
import { isOfSort, sortOf, WAYS, writeSnippet } from '../src/events/snippets';
import { growthOver, listDays } from '../src/segments/growth';

const ENTRY: Entry = {
  id: 'event:1', kind: 'event', what: 'event', at: '2026-03-01T12:00:00Z', name: 'Bought', key: null, properties: {}, channel: null, state: null, reason: null, journey: null, journey_name: null, node: null,
  enrollment: null, by: null, letter: null, message: null, subject: null, marks: {}, received_at: null, message_id: null, notes: {},
};

it.each<[Partial<Entry>, string, string]>([
  [{}, 'Bought', ''],
  [{ kind: 'change', name: 'Contact Updated', properties: { changes: { plan: ['free', 'pro'] } }, by: 'Ann' }, 'Changed: plan', 'by Ann'],
  [{ kind: 'change', name: 'Contact Identified', properties: { a: 1, b: 2, c: 3, d: 4 } }, 'Told about: a, b, c …', ''],
  [{ kind: 'change', name: 'Contact Identified' }, 'Told about', ''],
  [{ kind: 'erasure', name: 'Contact Erased' }, 'Asked to be forgotten', ''],
  [{ kind: 'message', what: 'message', name: 'welcome-1', channel: 'email', state: 'sent', subject: 'Hello', journey: 'welcome', journey_name: 'A warm welcome', marks: { opened: '2026-03-01T13:00:00Z' } }, 'Hello', 'e-mail · welcome-1 · sent · opened · by A warm welcome'],
  [{ kind: 'message', what: 'message', name: 'welcome-1', channel: 'sms', state: 'skipped', reason: 'no_consent' }, 'welcome-1', 'text message · not sent · no consent to this topic'],
  [{ kind: 'journey', what: 'entered', name: 'Welcome' }, 'Entered Welcome', ''],
  [{ kind: 'journey', what: 'ended', name: 'Welcome', state: 'completed', node: 'end' }, 'Went through Welcome', ''],
  [{ kind: 'journey', what: 'ended', name: 'Welcome', state: 'exited', node: 'pause', reason: 'ejected' }, 'Left Welcome', 'at pause · a colleague took them out'],
  [{ kind: 'consent', what: 'consent', name: 'News', state: 'subscribed', channel: 'email', properties: { source: 'unsubscribe_link' } }, 'Agreed to News', 'e-mail · the link in a letter'],
  [{ kind: 'consent', what: 'consent', name: 'News', state: 'unsubscribed', channel: 'sms', by: 'Ann', properties: { source: 'by_hand' } }, 'Refused News', 'text message · by Ann'],
  [{ kind: 'segment', what: 'segment', name: 'Payers' }, 'Joined Payers', ''],
])('says what happened: %o', (given, title, more) => {
  const entry = { ...ENTRY, ...given };
  expect([sayTitle(entry), sayMore(entry)]).toEqual([title, more]);
});

it('says what is odd of an event', () => {
  expect(listNotes({ notes: { history: true, ignored: ['email', 'phone'] } })).toEqual(['told as history: nobody enters a journey by it', 'not taken from a page: email, phone']);
  expect(listNotes({ notes: {} })).toEqual([]);
});

it('shows what an object holds as rows, and never without end', () => {
  expect(listRows({ a: 1, b: { c: [true, null], d: [{ sku: 'x' }] }, e: {} })).toEqual([
    { path: 'a', value: '1' }, { path: 'b.c.0', value: 'yes' }, { path: 'b.c.1', value: '–' }, { path: 'b.d.0.sku', value: 'x' }, { path: 'e', value: '{}' },
  ]);
  expect(listRows({})).toEqual([]);
  expect(listRows({ many: Array.from({ length: 5000 }, (_, n) => n) }).length).toBe(60);
  const deep = { a: { b: { c: { d: { e: { f: 1 } } } } } };
  expect(listRows(deep)).toEqual([{ path: 'a.b.c.d', value: '{"e":{"f":1}}' }]);
});

it('reads changes, and nothing out of what is none', () => {
  expect(listChanges({ changes: { plan: [null, 'pro'], odd: 'x' } })).toEqual({ plan: [null, 'pro'] });
  expect([listChanges({}), listChanges({ changes: [] }), listChanges({ changes: null })]).toEqual([{}, {}, {}]);
});

it.each<[unknown, string]>([
  [null, '–'], [true, 'yes'], [0, '0'], [12_345.5, '12,345.5'], ['', '(empty)'], ['x', 'x'], [['a', 'b'], 'a, b'], [[], '0 entries'], [[{ a: 1 }], '[{"a":1}]'], [{ a: 1 }, '{"a":1}'], ['2026', '2026'], ['2026-99-99T99:99', '2026-99-99T99:99'],
])('says the value %j', (value, said) => expect(sayValue(value)).toBe(said));

it('tells what the clock shows where somebody is', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  expect(sayLocal('America/New_York', now, 'en-GB')).toBe('Sun 07:00');
  expect(sayLocal('Mars/Olympus', now, 'en-GB')).toBeNull();
});

it('asks for something that only who looked can type', () => {
  expect(nameToType({ email: 'a@b.c', external_id: 'u', id: '0123456789' })).toBe('a@b.c');
  expect(nameToType({ email: null, external_id: 'u', id: '0123456789' })).toBe('u');
  expect(nameToType({ email: null, external_id: null, id: '0123456789' })).toBe('01234567');
});

it('writes calls that name the instance, the key and the event', () => {
  for (const way of WAYS) {
    const text = writeSnippet(way, 'https://s.example', 'wk_1', 'Test a');
    expect([text.includes('https://s.example'), text.includes('wk_1'), text.includes('Test a')]).toEqual([true, true, true]);
  }
  expect(WAYS.filter((way) => sortOf(way) === 'browser')).toEqual(['browser']);
  expect([isOfSort('', 'write'), isOfSort('wk_1', 'write'), isOfSort('wk_1', 'browser'), isOfSort('sk_1', 'write')]).toEqual([true, true, false, false]);
});

it('tells the days of which a size is known, and how a segment grew', () => {
  expect(listDays('2026-02-27', [null, 3, 5])).toEqual([{ day: '2026-02-28', size: 3 }, { day: '2026-03-01', size: 5 }]);
  expect([growthOver([1, 2, 9], 2), growthOver([null, 2, 9], 2), growthOver([9], 7), growthOver([], 7)]).toEqual([8, null, null, null]);
});
