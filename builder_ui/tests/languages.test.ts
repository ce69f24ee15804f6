import { expect, it } from 'vitest';

import { completeAt } from '../src/templates/completing';
import { addLanguage, dropLanguage, EVERYBODY, isSameWords, listLanguages, putSource, readKept, readTag, sayLanguage, sourceOf } from '../src/templates/languages';
import { readData } from '../src/templates/readData';

const WORDS = { source: 'Hello', variants: { de: 'Hallo' } };

it('writes in one language and leaves the others', () => {
  expect(putSource(WORDS, 'de', 'Servus')).toEqual({ source: 'Hello', variants: { de: 'Servus' } });
  expect(putSource(WORDS, EVERYBODY, 'Hi')).toEqual({ source: 'Hi', variants: { de: 'Hallo' } });
  expect(sourceOf(WORDS, 'de')).toBe('Hallo');
  expect(sourceOf(WORDS, 'fr')).toBe('Hello');
});

it('begins a language with the words for everybody, and takes one away', () => {
  const more = addLanguage(WORDS, 'en-GB');
  expect(more.variants['en-GB']).toBe('Hello');
  expect(listLanguages(more)).toEqual(['de', 'en-GB']);
  expect(dropLanguage(more, 'de').variants).toEqual({ 'en-GB': 'Hello' });
});

it('knows the same words again', () => {
  expect(isSameWords(WORDS, { source: 'Hello', variants: { de: 'Hallo' } })).toBe(true);
  expect(isSameWords(WORDS, { source: 'Hello', variants: {} })).toBe(false);
  expect(isSameWords(WORDS, putSource(WORDS, 'de', 'x'))).toBe(false);
});

it.each([['de', 'de'], ['EN_gb', 'en-GB'], ['zh-hant-tw', 'zh-Hant-TW'], ['german', null], ['', null], ['d', null]])('reads the tag %j', (typed, tag) => expect(readTag(typed)).toBe(tag));

it('names a language, or leaves its tag', () => {
  expect(sayLanguage('de-AT')).toContain('German');
  expect(sayLanguage('not a tag')).toBe('not a tag');
});

it('takes what was kept, also from before there were languages', () => {
  expect(readKept(null)).toBeNull();
  expect(readKept(JSON.stringify(WORDS))).toEqual(WORDS);
  expect(readKept('<mjml>')).toEqual({ source: '<mjml>', variants: {} });
});

it('completes what may be included', () => {
  expect(completeAt('{% include "im', 14, [], ['imprint', 'head'])).toMatchObject({ from: 12, options: [{ label: 'imprint' }, { label: 'head' }] });
});

it('reads what a journey brings', () => {
  expect(readData('')).toEqual({});
  expect(readData('{"a": 1}')).toEqual({ a: 1 });
  expect(readData('[1]')).toBeNull();
  expect(readData('{')).toBeNull();
});
