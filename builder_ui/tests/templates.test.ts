import fc from 'fast-check';
import { expect, it } from 'vitest';

import { completeAt, TAGS } from '../src/templates/completing';
import { aroundChanges, compareLines } from '../src/templates/lines';
import { listReaders } from '../src/templates/readers';

const text = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 }).map((lines) => lines.join('\n'));

it('says of two texts what stays, comes and goes, so that each can be read off', () => {
  fc.assert(fc.property(text, text, (before, after) => {
    const lines = compareLines(before, after);
    const read = (without: string) => lines.filter(({ kind }) => kind !== without).map((line) => line.text).join('\n');
    expect([read('added'), read('removed')]).toEqual([before, after]);
    if (before === after) expect(lines.every(({ kind }) => kind === 'same')).toBe(true);
  }));
});

it('keeps as much as it can', () => {
  expect(compareLines('a\nb\nc', 'a\nx\nc').map(({ kind }) => kind)).toEqual(['same', 'removed', 'added', 'same']);
});

it('shows changes with what stands around them, and says where lines are left out', () => {
  const before = [...'abcdefghij'].join('\n');
  const shown = aroundChanges(compareLines(before, before.replace('e', 'X')), 1);
  expect(shown.map((line) => (line === null ? '…' : line.text))).toEqual(['d', 'e', 'X', 'f', '…']);
  expect(aroundChanges(compareLines(before, before))).toEqual([]);
});

it.each([
  ['<mj-te', 'mj-text', 1],
  ['<mj-button hr', 'href', 11],
  ['<mj-button href="x" al', 'align', 20],
  ['Hello {{ contact.fi', 'contact.first_name', 9],
  ['{{ contact.first_name|de', 'default', 22],
])('completes %s with %s', (before, label, from) => {
  const found = completeAt(before, before.length, ['first_name', 'plan']);
  expect(found?.from).toBe(from);
  expect(found?.options.map((option) => option.label)).toContain(label);
});

it('completes nothing in plain words, and attributes of the contact by their names', () => {
  expect(completeAt('Hello there', 11, [])).toBeNull();
  expect(completeAt('<mj-nowhere hr', 14, [])).toBeNull();
  expect(completeAt('{{ ', 3, ['plan'])?.options.map(({ label }) => label)).toContain('contact.plan');
  expect(Object.keys(TAGS)).toContain('mj-text');
});

it('a preview is offered for people by what it knows them by, each once', () => {
  const ann = { id: '1', name: 'Ann', email: 'ann@example.com', external_id: 'a-1' };
  expect(listReaders([ann, { ...ann, id: '2' }, { id: '3', name: 'Bo', email: null, external_id: 'b-1' }, { id: '4', name: '', email: null, external_id: null }, { id: '6', name: 'Di', email: null, external_id: null }, { id: '5', name: 'c@example.com', email: 'c@example.com', external_id: null }])).toEqual([
    { value: 'ann@example.com', name: 'Ann' }, { value: 'b-1', name: 'Bo' }, { value: '6', name: 'Di' }, { value: 'c@example.com', name: '' },
  ]);
});
