import { describe, expect, it } from 'vitest';

import { findScreen, sayDeed, sayWho } from '../src/audit/sayDone';
import type { Broadcast } from '../src/broadcasts/asks';
import { BLANK, findLack, isLateForSome, isPast, isProven, type Plan, readAudience, readPlan, STEPS, writeAudience, writeDocument, writeProof } from '../src/broadcasts/plan';
import type { Waiting } from '../src/home/asks';
import { findMending, isRunning, sortWaiting, sumUp } from '../src/home/course';
import { readHeaders, writeHeaders } from '../src/settings/headers';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const PLAN: Plan = { ...BLANK, name: ' March ', who: { kind: 'segment', key: 'vip' }, template: 'news-3', topic: 'news', when: { kind: 'at', wall: '2026-03-02T09:00', zone: 'Europe/Berlin' } };
const NONE = new Set<string>();

describe('what is counted', () => {
  it.each([
    [[1, 2, 3], 3, { total: 6, today: 3, change: 1 }],
    [[1, 0, 0], 4, { total: 1, today: 0, change: -0.75 }],
    [[0, 5], 0, { total: 5, today: 5, change: null }],
    [[], 0, { total: 0, today: 0, change: null }],
  ])('%j after %i', (days, before, summed) => expect(sumUp({ days, before })).toEqual(summed));
});

it('a broadcast is no journey that runs, nor is what is put away or paused', () => {
  const journey = { state: 'live', archived_at: null, is_broadcast: false } as const;
  expect([journey, { ...journey, is_broadcast: true }, { ...journey, state: 'paused' as const }, { ...journey, archived_at: '2026-01-01T00:00:00Z' }].map(isRunning)).toEqual([true, false, false, false]);
});

describe('what waits', () => {
  const wait = (kind: Waiting['kind'], more: Partial<Waiting> = {}): Waiting => ({ kind, count: 1, key: null, name: null, lane: null, since: null, ...more });

  it('what is urgent comes first, the rest as it came', () => {
    const kinds = sortWaiting([wait('unpublished'), wait('set_aside'), wait('braked'), wait('no_worker')]).map(({ kind }) => kind);
    expect(kinds).toEqual(['braked', 'no_worker', 'unpublished', 'set_aside']);
  });

  it.each([
    [wait('questions', { count: 3 }), { to: '/questions' }],
    [wait('braked', { key: 'win-back' }), { to: '/journeys/win-back' }],
    [wait('unpublished', { key: 'win-back' }), { to: '/journeys/win-back', search: { view: 'edit' } }],
    [wait('set_aside', { lane: 'email' }), { to: '/queues' }],
    [wait('stuck'), { to: '/queues' }],
  ])('leads to where it is mended: %o', (waiting, where) => expect(findMending(waiting)).toEqual(where));
});

describe('a broadcast as a plan and as a journey', () => {
  it('is a schedule that fires once, and one message, once to everybody', () => {
    expect(writeDocument('march', PLAN, NONE, NOW, null)).toEqual({
      format: 1, key: 'march', name: 'March', entry: { reentry: { mode: 'never' } },
      trigger: { kind: 'schedule', once: '2026-03-02T09:00:00+01:00', timezone: 'Europe/Berlin', audience: { segment: 'vip', op: 'member' } },
      start: 'message', nodes: { message: { kind: 'send_email', template: 'news-3', topic: 'news', class: 'marketing' } },
    });
  });

  it.each<[string, Plan]>([
    ['in a zone', { ...PLAN, name: 'March' }],
    ['on everybody’s own clock', { ...PLAN, name: 'March', when: { kind: 'at', wall: '2026-03-02T09:00', zone: 'contact' } }],
    ['to a topic', { ...PLAN, name: 'March', who: { kind: 'topic', key: 'news' } }],
    ['as a text that people must know', { ...PLAN, name: 'March', channel: 'sms', messageClass: 'transactional', topic: '' }],
    ['now', { ...PLAN, name: 'March', when: { kind: 'now' } }],
    ['to a condition of its own', { ...PLAN, name: 'March', who: { kind: 'own', condition: { attribute: 'plan', op: 'is', value: 'pro' } } }],
  ])('comes back as it was: %s', (_, plan) => expect(readPlan(writeDocument('march', plan, NONE, NOW, null), NOW)).toEqual(plan));

  it('keeps what the plan does not speak of', () => {
    const first = writeDocument('march', PLAN, NONE, NOW, null);
    const base = { ...first, goals: [{ name: 'bought', event: 'Bought' }], start: 'letter', nodes: { letter: { kind: 'send_email', template: 'old', gates: { expires_after: 'P1D' } } } } as unknown as typeof first;
    const written = writeDocument('march', PLAN, NONE, NOW, base);
    expect(written.goals).toEqual(base.goals);
    expect(written.nodes).toEqual({ letter: { kind: 'send_email', template: 'news-3', topic: 'news', class: 'marketing', gates: { expires_after: 'P1D' } } });
  });

  it('a topic that needs no yes is for all who did not say no', () => {
    const who = { who: { kind: 'topic', key: 'news' }, channel: 'sms' } as const;
    const condition = writeAudience(who, new Set(['news']));
    expect(condition).toEqual({ none: [{ consent: 'news', channel: 'sms', op: 'unsubscribed' }] });
    expect(readAudience(condition)).toEqual(who.who);
  });

  it.each([
    ['who', { ...PLAN, name: ' ' }, 'name'],
    ['who', { ...PLAN, who: { kind: 'topic', key: '' } }, 'who'],
    ['what', { ...PLAN, template: '' }, 'template'],
    ['what', { ...PLAN, topic: '' }, 'topic'],
    ['what', { ...PLAN, topic: '', messageClass: 'transactional' }, null],
    ['when', { ...PLAN, when: { kind: 'at', wall: '', zone: 'UTC' } }, 'time'],
    ['when', { ...PLAN, when: { kind: 'at', wall: '2026-03-01T12:59', zone: 'Europe/Berlin' } }, 'past'],
    ['when', { ...PLAN, when: { kind: 'now' } }, null],
  ] as const)('the step %s lacks something: %o', (step, plan, lack) => expect(findLack(step, plan as Plan, NOW)).toBe(lack));

  it('a whole plan lacks nothing', () => expect(STEPS.map((step) => findLack(step, PLAN, NOW))).toEqual([null, null, null, null]));

  it('on everybody’s own clock a time is past once it is in the last zone, and late once it is in the first', () => {
    const ask = (wall: string) => [isPast(wall, 'contact', NOW), isLateForSome(wall, 'contact', NOW)];
    expect([ask('2026-03-01T00:00'), ask('2026-03-01T00:01'), ask('2026-03-02T02:00'), ask('2026-03-02T02:01')]).toEqual([[true, false], [false, true], [false, true], [false, false]]);
  });
});

describe('what is typed before it leaves', () => {
  it.each([
    ['12480', 12480, true], ['12,480', 12480, true], ['12.480', 12480, true], [' 12 480 ', 12480, true], ['1248', 12480, false], ['', 0, false], ['0', 0, true], ['12480x', 12480, false], ['-12480', 12480, false],
  ])('%j for %i', (typed, reached, proven) => expect(isProven(typed, writeProof(reached, 'march'))).toBe(proven));

  it('is the key where nobody could count', () => {
    expect([isProven('march', writeProof(null, 'march')), isProven('3', writeProof(null, 'march'))]).toEqual([true, false]);
  });
});

describe('what was done by hand', () => {
  const done = { name: 'Ann', actor: 'user:1', action: 'journey.published', target: 'welcome v3' };

  it.each([
    [done, 'Ann', 'published', '/journeys/welcome'],
    [{ ...done, name: null, actor: 'console', action: 'journeys.applied', target: '4' }, 'The console', 'applied a folder of journeys', null],
    [{ ...done, name: null, actor: 'key:7', action: 'segment.saved', target: 'vip r2' }, 'A key (7)', 'saved the segment', '/segments/vip'],
    [{ ...done, name: null, actor: 'user:9', action: 'template.deleted', target: 'old' }, 'A former user', 'deleted the template', null],
    [{ ...done, action: 'broadcast.sent', target: 'march' }, 'Ann', 'sent or scheduled the broadcast', '/broadcasts/march'],
    [{ ...done, action: 'thing.odd', target: 'x' }, 'Ann', 'thing.odd', null],
  ])('%o', (entry, who, deed, screen) => expect([sayWho(entry), sayDeed(entry), findScreen(entry)]).toEqual([who, deed, screen]));
});

describe('headers of an endpoint', () => {
  it.each([
    ['Authorization: Bearer a:b\n\n X-Tenant:7 ', { Authorization: 'Bearer a:b', 'X-Tenant': '7' }],
    ['Authorization', { Authorization: null }],
    ['Authorization:', { Authorization: null }],
    ['', {}],
    ['two words: x', null],
    [': x', null],
    ['A: 1\nA: 2', null],
  ])('%j', (text, headers) => expect(readHeaders(text)).toEqual(headers));

  it('names come back as kept values', () => expect(readHeaders(writeHeaders(['A', 'B-C']))).toEqual({ A: null, 'B-C': null }));
});

it('a state of a broadcast has a word in either language', async () => {
  const { says } = await import('../src/broadcasts/words');
  const states: readonly Broadcast['state'][] = ['draft', 'scheduled', 'sending', 'sent', 'cancelled', 'paused', 'missed'];
  expect(states.map((state) => says.states[state]).every(Boolean)).toBe(true);
});
