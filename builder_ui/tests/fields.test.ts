import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Names } from '../src/fields/asks';
import { CALENDAR, nextUnit, readDuration, UNITS, writeDuration } from '../src/fields/duration';
import { listKinds, listOptions, listVariables } from '../src/fields/names';
import { isHole, kindOfValue, readNumber, toKind, type ValueKind } from '../src/fields/values';
import { moveItem, replaceItem, unlessEmpty, write } from '../src/fields/write';
import type { Journey } from '../src/generated/journey';
import { readCron, writeCron } from '../src/inspector/cron';
import { readOnce, writeOnce } from '../src/inspector/once';
import { BLANK_TRIGGERS } from '../src/inspector/triggers';
import { addWeight, setWeight, share } from '../src/nodes/split/weights';

describe('a duration', () => {
  const parts = fc.uniqueArray(fc.tuple(fc.constantFrom(...UNITS), fc.integer({ min: 0, max: 999 })), { minLength: 1, selector: ([unit]) => unit })
    .map((several) => several.map(([unit, amount]) => ({ unit, amount })).toSorted((one, other) => UNITS.indexOf(one.unit) - UNITS.indexOf(other.unit)));

  it('is read as it was written', () => {
    fc.assert(fc.property(parts, fc.boolean(), (several, isBefore) => {
      expect(readDuration(writeDuration({ isBefore, parts: several }))).toEqual({ isBefore, parts: several });
    }));
  });

  it('keeps days apart from hours, and is nothing where the text is none', () => {
    expect(readDuration('P1D')?.parts).toEqual([{ amount: 1, unit: 'days' }]);
    expect(readDuration('PT24H')?.parts).toEqual([{ amount: 24, unit: 'hours' }]);
    expect(['', 'P', 'PT', 'P1DT', '1 day', 'PT1.5H'].map(readDuration)).toEqual([null, null, null, null, null, null]);
    expect(writeDuration({ isBefore: false, parts: [{ amount: 1, unit: 'days' }, { amount: 2, unit: 'days' }] })).toBe('P3D');
  });

  it('goes on with the next shorter unit', () => {
    expect(nextUnit([{ amount: 1, unit: 'days' }], CALENDAR)).toBe('hours');
    expect(nextUnit([{ amount: 1, unit: 'minutes' }], CALENDAR)).toBe('hours');
    expect(nextUnit(CALENDAR.map((unit) => ({ amount: 1, unit })), CALENDAR)).toBeNull();
  });
});

describe('a value', () => {
  it('is of the kind it is turned into, and stays itself as its own kind', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.constantFrom<ValueKind>('text', 'number', 'boolean', 'null', 'list', 'object', 'hole'), (value, kind) => {
      expect(kindOfValue(toKind(value, kind))).toBe(kind);
      expect(toKind(value, kindOfValue(value))).toBe(value);
    }));
  });

  it('is carried over where that is exact', () => {
    expect([toKind('5', 'number'), toKind(5, 'text'), toKind('x', 'number'), toKind('a', 'list'), toKind('false', 'boolean')]).toEqual([5, '5', 0, ['a'], false]);
    expect(['1e3', ' 7 ', '.5', '-', '1,5', '0x1F', ''].map(readNumber)).toEqual([1000, 7, 0.5, null, null, null, null]);
    expect([isHole({ $: 'a.b' }), isHole({ $: 'a.b', or: null }), isHole({ $: 'a', x: 1 }), isHole({ $: 1 })]).toEqual([true, true, false, false]);
  });
});

it('writes a field in its place and leaves all others', () => {
  const node: { a: number; b?: number; c: string } = { a: 1, b: 2, c: 'x' };
  expect(JSON.stringify(write(node, 'b', 3))).toBe('{"a":1,"b":3,"c":"x"}');
  expect(write(node, 'b', undefined)).toEqual({ a: 1, c: 'x' });
  expect(write(node, 'a', 1)).toBe(node);
  expect(write<{ a?: number }, 'a'>({}, 'a', undefined)).toEqual({});
  expect([moveItem([1, 2, 3], 0, 1), moveItem([1, 2], 0, -1), replaceItem([1, 2], 1, undefined), unlessEmpty({})]).toEqual([[2, 1, 3], [1, 2], [1], undefined]);
});

describe('weights', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 20 });
  const sum = (several: readonly number[]) => several.reduce((total, weight) => total + weight, 0);

  it('always add up to 100, none below 0', () => {
    fc.assert(fc.property(weights, fc.nat(), fc.integer({ min: -20, max: 140 }), (given, dice, to) => {
      const shared = share(given);
      for (const next of [shared, setWeight(shared, dice % shared.length, to), addWeight(shared), share(shared.slice(1).length > 0 ? shared.slice(1) : [1])]) {
        expect(sum(next)).toBe(100);
        expect(Math.min(...next)).toBeGreaterThanOrEqual(0);
        expect(next.every(Number.isInteger)).toBe(true);
      }
    }));
  });

  it('give what is set, and the rest in proportion', () => {
    expect(setWeight([50, 50], 0, 70)).toEqual([70, 30]);
    expect(setWeight([60, 30, 10], 0, 20)).toEqual([20, 60, 20]);
    expect(addWeight([50, 50])).toEqual([34, 33, 33]);
  });
});

describe('a schedule', () => {
  it.each([
    ['0 9 * * *', { time: '09:00', every: 'day' }],
    ['30 18 * * mon', { time: '18:30', every: 'week', days: ['mon'] }],
    ['0 9 * * mon,fri', { time: '09:00', every: 'week', days: ['mon', 'fri'] }],
    ['5 0 31 * *', { time: '00:05', every: 'month', day: 31 }],
  ])('%s is read and written again', (cron, schedule) => {
    expect(readCron(cron)).toEqual(schedule);
    expect(writeCron(readCron(cron)!)).toBe(cron);
  });

  it('of other forms is read by its meaning, or left as cron says', () => {
    expect(readCron('0 9 * * 1-5')).toEqual({ time: '09:00', every: 'week', days: ['mon', 'tue', 'wed', 'thu', 'fri'] });
    expect(readCron('0 9 * * 0')).toEqual({ time: '09:00', every: 'week', days: ['sun'] });
    expect(['*/5 * * * *', '0 9 1 1 *', '0 9 1 * mon', '0 9 * * mon#1', '0 9 * *', '0 25 * * *'].map(readCron)).toEqual([null, null, null, null, null, null]);
  });

  it('once is shown on the clock of its zone', () => {
    expect(writeOnce('2026-07-01T09:00', 'Europe/Berlin')).toBe('2026-07-01T09:00:00+02:00');
    expect(writeOnce('2026-01-01T09:00', 'America/New_York')).toBe('2026-01-01T09:00:00-05:00');
    expect(writeOnce('2026-01-01T09:00', 'Asia/Kolkata')).toBe('2026-01-01T09:00:00+05:30');
    expect(writeOnce('2026-01-01T09:00', 'contact')).toBe('2026-01-01T09:00:00Z');
    expect(readOnce('2026-07-01T07:00:00Z', 'Europe/Berlin')).toBe('2026-07-01T09:00');
    expect(readOnce('2026-07-01T09:00:00+02:00', 'contact')).toBe('2026-07-01T09:00');
    expect(readOnce('never', 'UTC')).toBe('');
  });
});

const journey: Journey = {
  format: 1, key: 'j', name: 'J', trigger: { kind: 'event', event: 'Order' }, goals: [{ name: 'bought' }],
  nodes: {
    mail: { kind: 'send_email', template: 'hello' }, call: { kind: 'webhook', endpoint: 'shop', save: { tier: 'body.tier' } },
    well: { kind: 'ask', to: 'owner', text: '', form: [{ kind: 'text', name: 'why' }] },
  },
};
const names: Names = {
  looked_at: 10, chats: ['ops'], tags: ['vip'], scores: ['interest'], coupon_pools: [], sources: [], segments: [], endpoints: [],
  events: [{ name: 'Order', recent: 4, last_at: '2026-03-01T11:00:00Z', properties: [{ name: 'total', kinds: ['number'] }] }],
  attributes: [{ name: 'plan', kinds: ['text'] }, { name: 'born_on', kinds: ['date'] }],
  senders: [{ key: 'anna', name: 'Anna', kind: '', names: [] }],
  topics: [{ key: 'news', name: 'News', kind: 'explicit', names: [] }],
  templates: [{ key: 'hello', name: 'Hello', kind: 'email', names: ['contact.name', 'items', 'items[].name', 'unsubscribe_url'] }, { key: 'text', name: 'text', kind: 'sms', names: [] }],
  journeys: [{ key: 'next', name: 'Next', kind: 'journey', names: [] }, { key: 'j', name: 'J', kind: 'event', names: [] }],
  records: [{ type: 'ticket', states: ['open'], fields: [{ name: 'priority', kinds: ['text'] }] }],
};
const values = (kind: Parameters<typeof listOptions>[0], of = '') => listOptions(kind, names, journey, of, Date.parse('2026-03-01T12:00:00Z')).map(({ value }) => value);

describe('names', () => {
  it('are those of the instance and of the journey', () => {
    expect(values('property', 'Order')).toEqual(['total']);
    expect(values('trigger')).toEqual(['properties.total']);
    expect(values('told')).toEqual([...values('colleague'), 'chat:ops']);
    expect(values('attribute')).toEqual(['plan', 'born_on', 'tags', 'scores.interest']);
    expect(values('date')).toEqual(['born_on']);
    expect([values('email'), values('sms'), values('started'), values('letter'), values('goal')]).toEqual([['hello'], ['text'], ['next'], ['mail'], ['bought']]);
    expect(values('context')).toEqual(['tier', 'well.why']);
    expect([values('state', 'ticket'), values('field', 'ticket')]).toEqual([['open'], ['priority']]);
    expect(values('hole')).toEqual(expect.arrayContaining(['trigger.properties.total', 'context.well.why', 'contact.plan', 'contact.email', 'entry_key']));
    expect(listOptions('event', names, journey, '', Date.parse('2026-03-01T12:00:00Z'))[0]?.more).toBe('4 of the latest 10 · 1 hour ago');
    expect(listVariables(names, 'hello')).toEqual(['items']);
    expect(listKinds(listOptions('attribute', names, null), 'born_on')).toEqual(['date']);
  });

  it('are empty as long as nobody has answered', () => {
    expect(listOptions('event', undefined, null)).toEqual([]);
    expect(listOptions('topic', undefined, null)).toEqual([]);
  });
});

it('begins every trigger under its own kind', () => {
  for (const [kind, trigger] of Object.entries(BLANK_TRIGGERS)) expect(trigger.kind).toBe(kind);
});
