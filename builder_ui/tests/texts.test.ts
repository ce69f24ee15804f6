import { describe, expect, it } from 'vitest';

import { addLanguage, nameLanguage } from '../src/settings/texts';

const ONE = { en: { stop: 'bye', start: 'hi', help: 'help' } };

describe('the answers to STOP, START and HELP', () => {
  it('get another language by its tag', () => {
    expect(Object.keys(addLanguage(ONE, ' PT-br ') ?? {})).toEqual(['en', 'pt-BR']);
    expect(addLanguage(ONE, 'en')).toBeNull();
    expect(addLanguage(ONE, 'no tag')).toBeNull();
    expect(addLanguage(ONE, '')).toBeNull();
  });

  it('are named by language', () => {
    expect(nameLanguage('de')).toBe('German');
    expect(nameLanguage('?')).toBe('?');
  });
});
