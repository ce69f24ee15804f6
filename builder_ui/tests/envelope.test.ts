import { expect, it } from 'vitest';

import type { FileShown } from '../src/files/asks';
import { type Envelope, isSameEnvelope, listDigests, putIn, takeOut } from '../src/templates/envelope';

const file = (digest: string) => ({ digest }) as FileShown;
const EMPTY: Envelope = { sender: null, files: [] };

it('takes a file once, behind the others, and out again', () => {
  const both = putIn(putIn(putIn(EMPTY, file('a')), file('b')), file('a'));
  expect(listDigests(both)).toEqual(['a', 'b']);
  expect(listDigests(takeOut(both, 'a'))).toEqual(['b']);
  expect(takeOut(both, 'c')).toEqual(both);
});

it('is the same with the same sender and the same files in the same order', () => {
  const both = putIn(putIn(EMPTY, file('a')), file('b'));
  expect(isSameEnvelope(both, { ...both, files: [file('a'), file('b')] })).toBe(true);
  expect(isSameEnvelope(both, { ...both, files: [file('b'), file('a')] })).toBe(false);
  expect(isSameEnvelope(EMPTY, { ...EMPTY, sender: 'kaethe' })).toBe(false);
});
