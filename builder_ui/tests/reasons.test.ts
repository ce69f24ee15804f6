import { expect, it } from 'vitest';

import { REASONS } from '../src/generated/reasons';
import { type ReasonList, sayReason } from '../src/words/reasons';

const LISTS = Object.entries(REASONS) as readonly (readonly [ReasonList, readonly string[]])[];

it.each(LISTS)('says every reason of %s in words, each differently', (list, codes) => {
  const said = codes.map((code) => sayReason(code, list));
  expect(said.filter((words) => words === '')).toEqual([]);
  expect(codes.filter((code, place) => said[place] === code && code.includes('_'))).toEqual([]);
  expect(new Set(said).size).toBe(codes.length);
});

it('says a code of several lists as the list asked for means it', () => {
  expect(sayReason('unsubscribed', 'SkipReason')).toBe('unsubscribed from this topic');
  expect(sayReason('unsubscribed', 'ExitReason')).toBe('unsubscribed');
});

it('leaves the words of a journey’s own as they are', () => {
  expect(sayReason('Bought something')).toBe('Bought something');
  expect(sayReason('constructor')).toBe('constructor');
});
