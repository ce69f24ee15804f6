import { expect, it } from 'vitest';

const SHELL = '../src/app/style.css';
/** A page of its own, in a frame. */
const APART = '../src/visual/frame/';
const all = import.meta.glob<string>('../src/**/*.css', { query: '?raw', import: 'default', eager: true });
const files = Object.keys(all).filter((file) => !file.startsWith(APART));

function listSelectors(file: string): readonly string[] {
  const css = all[file]!.replace(/\/\*[\s\S]*?\*\//g, '');
  return [...css.matchAll(/([^{}]+)\{/g)].flatMap(([, one = '']) => (one.trim().startsWith('@') ? [] : one.split(',').map((part) => part.trim())));
}

function findTwice(words: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const seen = new Map<string, string>();
  return [...words].flatMap(([file, several]) => [...new Set(several)].flatMap((word) => {
    const before = seen.get(word);
    seen.set(word, file);
    return before ? [`${word}: ${before} and ${file}`] : [];
  }));
}

// Styles of a screen stay when it is left, so what two of them call the same would change its looks by where one came from.
it('no two rooms style a class of one name', () => {
  const roots = new Map(files.filter((file) => file !== SHELL).map((file) => [file, listSelectors(file).flatMap((selector) => /^[a-z]*\.([\w-]+)/.exec(selector)?.[1] ?? [])]));
  expect([...roots.values()].flat().length).toBeGreaterThan(50);
  expect(findTwice(roots)).toEqual([]);
});

it('no room restyles what stands in the shell', () => {
  expect(findTwice(new Map(files.map((file) => [file, listSelectors(file).filter((selector) => /^\.[\w-]+$/.test(selector))])))).toEqual([]);
});
