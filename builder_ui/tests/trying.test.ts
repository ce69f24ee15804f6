import { expect, it } from 'vitest';

import type { Journey } from '../src/generated/journey';
import { TRIGGER } from '../src/graph/paths';
import { findLine, traceTrail } from '../src/graph/trail';
import { blankSetup, findLack, listAssumable, readRows, readValue, type Setup, writeAsked } from '../src/trying/asked';
import type { Simulated } from '../src/trying/asks';
import { overlayFigures, splitReason, sumDays, sumFates } from '../src/trying/crowd';
import { readNeeds } from '../src/trying/needs';
import { findZone, listDays, listTrod, makeFrames, type Stay } from '../src/trying/frames';
import { sayFrame } from '../src/trying/said';

const JOURNEY: Journey = {
  format: 1, key: 'j', name: 'J', trigger: { kind: 'event', event: 'Came' }, start: 'hello',
  nodes: {
    hello: { kind: 'send_email', template: 'hello', topic: 'news', next: 'rest' },
    rest: { kind: 'wait', for: 'P2D', next: 'fork' },
    fork: { kind: 'branch', paths: [{ label: 'pro', when: { attribute: 'plan', op: 'is', value: 'pro' }, next: 'bye' }], otherwise: {} },
    bye: { kind: 'ask', to: 'owner', text: 'ok?', paths: [{ label: 'yes' }, { label: 'no' }], due: { after: 'P1D' } },
  },
};
const STAY: Stay = {
  entry_key: '', entered_at: '2026-03-27T22:30:00Z', end: 'exited', reason: 'unsubscribed', ended_at: '2026-03-29T23:00:00Z', node: 'bye', until: null,
  path: [
    { at: '2026-03-27T22:30:00Z', node: 'hello', way: 'next', until: null, zone: null, details: [] },
    { at: '2026-03-27T22:30:00Z', node: 'rest', way: null, until: '2026-03-29T21:30:00Z', zone: 'Europe/Berlin', details: [] },
    { at: '2026-03-29T21:30:00Z', node: 'rest', way: 'next', until: null, zone: null, details: [] },
    { at: '2026-03-29T21:30:00Z', node: 'fork', way: 'pro', until: null, zone: null, details: ['yes: plan is pro'] },
    { at: '2026-03-29T21:30:00Z', node: 'bye', way: null, until: '2026-03-30T21:30:00Z', zone: 'Europe/Berlin', details: [] },
  ],
  messages: [{ at: '2026-03-27T22:30:00Z', node: 'hello', channel: 'email', template: 'hello', fate: 'skipped', reason: 'no_consent', settled_at: '2026-03-27T22:30:00Z', marks: {} }],
  goals: {}, notices: [],
};
const frames = makeFrames(STAY, '2026-04-20T00:00:00Z');

it('a film tells every step in order, and where the token stands', () => {
  expect(frames.map(({ kind, node, token }) => [kind, node, token])).toEqual([
    ['enter', TRIGGER, TRIGGER], ['message', 'hello', 'hello'], ['wait', 'rest', 'rest'], ['go', 'rest', 'rest'], ['go', 'fork', 'fork'], ['wait', 'bye', 'bye'], ['end', 'bye', 'bye'],
  ]);
});

it('days pass on the contact’s own calendar', () => {
  expect(findZone(STAY)).toBe('Europe/Berlin');
  // 22:30 and 21:30 UTC are 23:30 on both days, and 23:00 UTC is past midnight: summer time has begun.
  expect(frames.map(({ day }) => day)).toEqual([0, 0, 0, 2, 2, 2, 3]);
  expect(listDays(frames)).toEqual([{ place: 0, day: 0 }, { place: 3, day: 2 }, { place: 6, day: 3 }]);
});

it('says each step in words, with the reason', () => {
  const said = frames.map((frame) => sayFrame(frame, 'Europe/Berlin'));
  expect(said[1]).toBe('Letter hello would not leave: no consent to this topic');
  expect(said[3]).toBe('The wait is over');
  expect(said[4]).toBe('Goes on by “pro”');
  expect(said[6]).toBe('Left early: unsubscribed');
});

it('a letter that is settled later is told of then, and does not move the token', () => {
  const [message] = STAY.messages;
  const late = { ...STAY, messages: [{ ...message!, fate: 'sent' as const, reason: '', settled_at: '2026-03-28T07:00:00Z', marks: { sent: '2026-03-28T07:00:00Z', opened: '2026-03-28T08:00:00Z' } }] };
  expect(makeFrames(late, '').slice(1, 5).map(({ kind, token }) => [kind, token])).toEqual([['go', 'hello'], ['wait', 'rest'], ['message', 'rest'], ['mark', 'rest']]);
});

it('the way so far is what the token went over, and no more', () => {
  const trail = (place: number) => traceTrail(JOURNEY, listTrod(frames, place));
  expect([...trail(0).nodes]).toEqual([TRIGGER]);
  expect([...trail(4).lines]).toEqual([TRIGGER, 'hello', 'rest', 'fork/paths/0']);
  expect(findLine(JOURNEY, { node: 'fork', way: 'otherwise' })).toBeNull();
  expect(findLine(JOURNEY, { node: 'constructor', way: 'next' })).toBeNull();
});

const SETUP: Setup = { ...blankSetup(JOURNEY, '2026-03-27T10:00', 'Europe/Berlin'), days: 7 };

it('somebody described enters by the trigger, and says yes unless refused', () => {
  const asked = writeAsked({ ...SETUP, properties: [{ name: 'cart.total', value: '12.5' }, { name: ' ', value: 'x' }, { name: 'blank', value: ' ' }], refused: ['news'], later: [{ event: 'Left', after: 'P1D' }] }, JOURNEY);
  expect(asked.described).toMatchObject({
    contact: { attributes: { email: 'ann@example.com' }, timezone: 'Europe/Berlin', consents: { news: false } },
    given: [{ at: '2026-03-27T10:00', event: 'Came', properties: { cart: { total: 12.5 } } }, { at: '+P1D', event: 'Left' }],
    until: '+P7D',
  });
});

it.each([
  [{ kind: 'manual' }, [], { at: 'T', enter: {} }],
  [{ kind: 'journey', from: ['first'] }, [], { at: 'T', journey: 'first', data: {} }],
  [{ kind: 'message', channel: 'sms' }, [], { at: 'T', received: 'sms', text: '', subject: '' }],
  [{ kind: 'absence', after: { event: 'A' }, without: { event: 'B' }, within: 'PT1H' }, [], { at: 'T', event: 'A', properties: {} }],
  [{ kind: 'record', type: 'ticket', change: { kind: 'state', from: ['open'], to: ['closed'] } }, [{ at: '-PT1M', record: { type: 'ticket', key: '1', state: 'open', fields: {} } }], { at: 'T', record: { type: 'ticket', key: '1', state: 'closed', fields: {} } }],
] as const)('%j lets a described contact in', (trigger, before, given) => {
  const { described } = writeAsked({ ...SETUP, start: 'T' }, { ...JOURNEY, trigger: trigger as unknown as Journey['trigger'] });
  expect([described?.before, described?.given]).toEqual([before, [given]]);
});

it('real contacts enter at the start, or live their past again', () => {
  const sample = writeAsked({ ...SETUP, whom: 'sample', sample: 9 }, JOURNEY);
  expect([sample.sample, sample.for, sample.replay, sample.described]).toEqual([9, 'P7D', undefined, undefined]);
  const again = writeAsked({ ...SETUP, whom: 'contact', contact: { id: 'c', label: 'C' }, replay: 30 }, JOURNEY);
  expect([again.contacts, again.replay, again.from]).toEqual([['c'], 'P30D', undefined]);
  const manual = { ...JOURNEY, trigger: { kind: 'manual' } } as Journey;
  expect(writeAsked({ ...SETUP, whom: 'sample', replay: 30 }, manual).replay).toBeUndefined();
});

it('what is assumed is written for the nodes that are there, in their own way', () => {
  const assumed = { hello: { what: 'clicked', after: 'P1D' }, bye: { what: 'yes', after: '' }, gone: { what: 'sent', after: '' }, rest: { what: 'sent', after: '' } };
  expect(writeAsked({ ...SETUP, whom: 'sample', assumed }, JOURNEY).assume).toEqual({ hello: { fate: 'clicked', after: 'P1D' }, bye: { chooses: 'yes' } });
  expect(listAssumable(JOURNEY).map(({ key, choices }) => [key, choices.length])).toEqual([['hello', 6], ['bye', 3]]);
});

it('says what is lacking', () => {
  expect(findLack(SETUP)).toBeNull();
  expect(findLack({ ...SETUP, whom: 'contact' })).toBe('contact');
  expect(findLack({ ...SETUP, start: '' })).toBe('start');
  expect(findLack({ ...SETUP, start: '', whom: 'sample', replay: 30 })).toBeNull();
});

it('values are what they look like', () => {
  expect(['12', '-1.5', 'true', 'null', ' pro ', '[1,2]', '{oops}', '007', '"12"'].map(readValue)).toEqual([12, -1.5, true, null, 'pro', [1, 2], '{oops}', '007', '12']);
  expect(readRows([{ name: '__proto__.x', value: '1' }, { name: 'a.b', value: '1' }, { name: 'a.c', value: '2' }])).toEqual({ a: { b: 1, c: 2 } });
});

const TOLD = {
  journey: 'j', begins_at: '', until: '', contacts: 10, entered: 8, ends: { 'exited: unsubscribed': 2, completed: 6 },
  nodes: { hello: { entered: 8, ways: { next: 8 }, exited: {}, waiting: 0 }, rest: { entered: 8, ways: { next: 6 }, exited: { unsubscribed: 2 }, waiting: 0 }, fork: { entered: 6, ways: { otherwise: 6 }, exited: {}, waiting: 0 } },
  messages: [{ day: '2026-03-28', node: 'hello', fates: { 'skipped: no_consent': 3, sent: 5 } }, { day: '2026-03-27', node: 'hello', fates: { sent: 2 } }],
  goals: {}, never_taken: [['fork', 'pro']], never_reached: ['bye'], dead_ends: {}, refused: {}, warnings: [], stories: [],
} as unknown as Simulated;

it('a crowd is laid over cards and lines', () => {
  const { nodes, lines } = overlayFigures(JOURNEY, TOLD);
  expect(nodes[TRIGGER]?.[0]?.words).toBe('8 of 10 entered');
  expect(nodes['rest']?.map(({ words }) => words)).toEqual(['8 came', '2 left here']);
  expect(nodes['bye']?.[0]?.words).toBe('never reached');
  expect([lines[TRIGGER], lines['hello'], lines['fork/paths/0']]).toEqual(['8', '8', 'never taken']);
});

it('messages add up by day and by fate', () => {
  expect(sumDays(TOLD)).toEqual([{ day: '2026-03-27', sent: 2, others: 0 }, { day: '2026-03-28', sent: 5, others: 3 }]);
  expect(sumDays({ ...TOLD, messages: [] })).toEqual([]);
  const apart = { ...TOLD, messages: TOLD.messages.map((one, place) => ({ ...one, day: `2026-03-2${5 - 3 * place}` })) };
  expect(sumDays(apart).map(({ day, sent }) => [day, sent])).toEqual([['2026-03-22', 2], ['2026-03-23', 0], ['2026-03-24', 0], ['2026-03-25', 5]]);
  expect(sumFates(TOLD)).toEqual([{ fate: 'sent', reason: '', count: 7 }, { fate: 'skipped', reason: 'no_consent', count: 3 }]);
  expect(splitReason('failed: a: b')).toEqual({ what: 'failed', reason: 'a: b' });
});

it('asks about what the journey asks about', () => {
  const journey: Journey = {
    ...JOURNEY, trigger: { kind: 'event', event: 'Came', entry_key: 'properties.cart' },
    entry: { when: { all: [{ consent: 'offers', channel: 'email', op: 'subscribed' }, { trigger: 'properties.total', op: 'gte', value: 5 }] } },
    nodes: { ...JOURNEY.nodes, hello: { kind: 'send_email', template: 'hello', topic: '', data: { x: { $: 'trigger.properties.items' }, y: { $: 'contact.city' } } } },
  };
  expect(readNeeds(journey)).toEqual({ properties: ['cart', 'total', 'items'], entryKey: 'cart', attributes: ['city', 'plan'], topics: ['offers'] });
  expect(blankSetup(journey, '', '').properties).toEqual([{ name: 'cart', value: '1' }, { name: 'total', value: '' }, { name: 'items', value: '' }]);
  expect(readNeeds(JOURNEY).topics).toEqual(['news']);
});
