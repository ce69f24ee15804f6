// The words of a template in every language: pure. The server picks among them as RFC 4647, 3.4 says.
import { locale as own } from '../words/language';

/** What a template says to everybody, and to those who read some language, by its tag. */
export type Words = { readonly source: string; readonly variants: Readonly<Record<string, string>> };

/** Stands for the words that everybody gets for whose language there are none. */
export const EVERYBODY = '';

export const SUGGESTED = ['de', 'de-AT', 'de-CH', 'en', 'en-GB', 'en-US', 'fr', 'es', 'it', 'nl', 'pl', 'pt', 'pt-BR', 'sv', 'da', 'cs', 'tr', 'uk', 'ja', 'zh-Hans', 'zh-Hant'] as const;
const TAG = /^[a-z]{2,3}(-[a-z0-9]{1,8})*$/i;
const LONGEST = 35;

export function sourceOf({ source, variants }: Words, locale: string): string {
  return locale === EVERYBODY ? source : (variants[locale] ?? source);
}

export function putSource(words: Words, locale: string, source: string): Words {
  return locale === EVERYBODY ? { ...words, source } : { ...words, variants: { ...words.variants, [locale]: source } };
}

/** Begins a language with the words for everybody. */
export function addLanguage(words: Words, locale: string): Words {
  return putSource(words, locale, words.source);
}

export function dropLanguage(words: Words, locale: string): Words {
  return { ...words, variants: Object.fromEntries(Object.entries(words.variants).filter(([one]) => one !== locale)) };
}

/** The languages there are words for, in the order of their tags. */
export function listLanguages({ variants }: Words): readonly string[] {
  return Object.keys(variants).sort();
}

export function isSameWords(one: Words, other: Words): boolean {
  const tags = listLanguages(one);
  return one.source === other.source && tags.join() === listLanguages(other).join() && tags.every((tag) => one.variants[tag] === other.variants[tag]);
}

/** A language tag as it is written by custom: "en_gb" is en-GB; null: it is none. */
export function readTag(typed: string): string | null {
  const tag = typed.trim().replaceAll('_', '-');
  if (!TAG.test(tag) || tag.length > LONGEST) return null;
  const [first = '', ...rest] = tag.toLowerCase().split('-');
  return [first, ...rest.map((part) => (/^[a-z]{4}$/.test(part) ? part.charAt(0).toUpperCase() + part.slice(1) : /^[a-z]{2}$/.test(part) ? part.toUpperCase() : part))].join('-');
}

/** A language by its name: "German (Austria)". */
export function sayLanguage(tag: string): string {
  try {
    return new Intl.DisplayNames(own, { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** Unsaved words that were kept in the browser; those of before there were languages are the text alone. */
export function readKept(text: string | null): Words | null {
  if (text === null) return null;
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said === 'object' && said !== null && 'source' in said && typeof said.source === 'string' && 'variants' in said && typeof said.variants === 'object') return said as Words;
  } catch {
    // Not JSON: the text itself.
  }
  return { source: text, variants: {} };
}
