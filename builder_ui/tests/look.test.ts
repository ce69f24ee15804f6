import { expect, test } from 'vitest';

import { isColour, readableOn } from '../src/settings/look';

test('words on a colour can be read', () => {
  expect([readableOn('#2f5bd8'), readableOn('#ffdd00'), readableOn('#000000'), readableOn('#ffffff')]).toEqual(['#ffffff', '#000000', '#ffffff', '#000000']);
});

test('a colour is # and six digits', () => {
  expect(['#2f5bd8', '#FFDD00', 'red', '#fff', '#2f5bd8;'].map(isColour)).toEqual([true, true, false, false, false]);
});
