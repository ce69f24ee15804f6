import { expect, it } from 'vitest';

import { writeMoves, type Place, type Planned } from '../src/publishing/asks';
import { FIRST, mayPublish, needsChoice, putTarget, sumUp, writePublish } from '../src/publishing/migration';
import { judgeHaste, listMissing, nameField, writeValues, type Field } from '../src/questions/form';

const PLACE: Place = { version: 1, node: 'rest', people: 3, fate: 'unmapped', to: null, released: 0, message: '' };
const PLANNED = { key: 'j', is_new: true, changes: {}, places: [PLACE], people: 3, released: 0, is_mapped: false, warnings: [] } as unknown as Planned;

it('nothing is published before the plan is there, and moving asks for everybody’s fate', () => {
  expect(mayPublish(undefined, FIRST)).toBe(false);
  expect(mayPublish({ ...PLANNED, is_new: false }, FIRST)).toBe(false);
  expect(mayPublish(PLANNED, FIRST)).toBe(true);
  expect(mayPublish(PLANNED, { ...FIRST, moves: true })).toBe(false);
  expect(mayPublish({ ...PLANNED, is_mapped: true }, { ...FIRST, moves: true })).toBe(true);
});

it('a place asks for a choice until one is made, and keeps asking so that it can be changed', () => {
  expect(needsChoice(PLACE, {})).toBe(true);
  const chosen = putTarget({}, 'rest', 'mark');
  expect(needsChoice({ ...PLACE, fate: 'go', to: 'mark' }, chosen)).toBe(true);
  expect(needsChoice({ ...PLACE, fate: 'go', to: 'mark' }, {})).toBe(false);
  expect(putTarget(chosen, 'rest', '')).toEqual({});
  expect(sumUp([PLACE, { ...PLACE, fate: 'stay', people: 4 }])).toEqual({ unmapped: 3, mapped: 4 });
});

it('what is chosen is written as the engine reads it', () => {
  const moves = writeMoves({ rest: 'continue' });
  expect(writePublish({ ...FIRST, moves: true, perMinute: 9 }, moves)).toEqual({ migrate: 'all', moves: { rest: { to: 'continue' } }, per_minute: 9 });
  expect(writePublish(FIRST, moves)).toEqual({ moves: {}, per_minute: 500 });
  const filled = writePublish({ ...FIRST, backfill: 'by_age', since: '2026-03-01T10:00', backfillPerMinute: 5 }, {});
  expect(filled.backfill).toEqual({ mode: 'by_age', since: new Date('2026-03-01T10:00').toISOString(), per_minute: 5 });
});

const FORM: readonly Field[] = [{ name: 'the_reason', kind: 'text', required: true }, { name: 'ok', kind: 'yes_no', required: true }, { name: 'n', kind: 'number', label: 'How many' }];

it('a form says what is missing, and sends what was filled in', () => {
  expect(listMissing(FORM, { the_reason: '', n: 0 }).map(({ name }) => name)).toEqual(['the_reason', 'ok']);
  expect(listMissing(FORM, { the_reason: 'x', ok: false })).toEqual([]);
  expect(writeValues(FORM, { the_reason: 'x', ok: false, n: 0, other: 1 })).toEqual({ the_reason: 'x', ok: false, n: 0 });
  expect(FORM.map(nameField)).toEqual(['the reason', 'ok', 'How many']);
});

it('a question is pressing within a day, and over after that', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');
  expect([judgeHaste('2026-03-01T12:00:00Z', now), judgeHaste('2026-03-02T11:59:00Z', now), judgeHaste('2026-03-02T12:00:00Z', now)]).toEqual(['over', 'soon', 'later']);
});
