import { expect, it } from 'vitest';

import { cutBack } from '../src/templates/fitting';

/** The text as it stands in the end. */
const left = (text: string, added: readonly { from: number; to: number }[], most: number, isLine: boolean) =>
  cutBack(text, added, most, isLine).toReversed().reduce((now, { from, to, insert }) => now.slice(0, from) + insert + now.slice(to), text);

it('takes what does not fit from the end of what was just added', () => {
  expect(left('abXYZcd', [{ from: 2, to: 5 }], 5, false)).toBe('abXcd');
  expect(left('abcd', [{ from: 2, to: 3 }], 5, false)).toBe('abcd');
  expect(left('abcdef', [], 5, false)).toBe('abcdef');
});

it('leaves one line where there is one alone', () => {
  expect(left('a\nb\nc', [{ from: 0, to: 5 }], 9, true)).toBe('a b c');
  expect(left('a\nb', [{ from: 0, to: 3 }], 9, false)).toBe('a\nb');
  expect(left('a\nb\nc', [{ from: 1, to: 5 }], 3, true)).toBe('a b');
});
