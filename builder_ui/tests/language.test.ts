import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

async function load(kept: string | null, languages: readonly string[]) {
  vi.stubGlobal('localStorage', { getItem: () => kept });
  vi.stubGlobal('navigator', { languages });
  vi.resetModules();
  return import('../src/words/language');
}

it.each([
  [null, ['de-AT', 'en'], 'de', 'de-AT'],
  [null, ['fr', 'en-GB'], 'en', 'en-GB'],
  [null, ['fr'], 'en', 'en'],
  ['de', ['en-GB'], 'de', 'de'],
  ['klingon', ['de'], 'de', 'de'],
  ['constructor', [], 'en', 'en'],
])('with %s kept and a browser of %j it speaks %s, as %s', async (kept, languages, language, locale) => {
  const chosen = await load(kept, languages);
  expect([chosen.language, chosen.locale]).toEqual([language, locale]);
  expect(chosen.words({ en: { n: 1 }, de: { n: 2 } }).n).toBe(language === 'de' ? 2 : 1);
});

it('a word that German lacks does not compile', async () => {
  const { words } = await load(null, ['en']);
  // @ts-expect-error `two` is missing
  const lacking = words({ en: { one: 'one', two: 'two' }, de: { one: 'eins' } });
  // @ts-expect-error `three` is too much
  const more = words({ en: { one: 'one' }, de: { one: 'eins', three: 'drei' } });
  // @ts-expect-error a sentence with a hole is not one without
  const other = words({ en: { days: (n: number) => `${n} days` }, de: { days: 'Tage' } });
  expect([lacking, more, other]).toHaveLength(3);
});

it('says numbers, shares and times', async () => {
  await load(null, ['en-GB']);
  const { sayAgo, sayCompact, sayDay, sayNumber, saySeconds, sayShare } = await import('../src/words/formats');
  expect([sayNumber(12_480), sayCompact(12_480), sayShare(1, 3), sayShare(0, 0)]).toEqual(['12,480', '12.5k', '33.3%', '–']);
  expect([saySeconds(null), saySeconds(59), saySeconds(7200), saySeconds(172_800)]).toEqual(['–', '59 s', '2 h', '2 d']);
  expect(sayDay('2026-03-01')).toBe('1 Mar');
  const now = Date.parse('2026-03-01T12:00:00Z');
  expect([sayAgo('2026-03-01T11:59:50Z', now), sayAgo('2026-03-01T09:00:00Z', now), sayAgo('2026-03-03T12:00:00Z', now)]).toEqual(['just now', '3 hours ago', 'in 2 days']);
});
