import { expect, it } from 'vitest';

import { listShort } from '../src/broadcasts/codes';

const POOL = { name: 'autumn', left: 4, common_code: null, is_expired: false, used_by: [{ key: 'offer', is_partial: false }] };

it('tells of pools that run out before everybody has a code', () => {
  expect(listShort([POOL], 'offer', 18)).toEqual([{ name: 'autumn', left: 4 }]);
  expect(listShort([POOL], 'offer', 4)).toEqual([]);
  expect(listShort([POOL], 'other', 18)).toEqual([]);
  expect(listShort([{ ...POOL, used_by: [{ key: 'offer', is_partial: true }] }], 'offer', 18)).toEqual([]);
});

it('holds an expired pool for empty, and never one with a common code', () => {
  expect(listShort([{ ...POOL, is_expired: true }], 'offer', 2)).toEqual([{ name: 'autumn', left: 0 }]);
  expect(listShort([{ ...POOL, left: 0, common_code: 'ALL' }], 'offer', 18)).toEqual([]);
});

it('looks for at least one code where nobody could count whom it reaches', () => {
  expect(listShort([POOL, { ...POOL, name: 'empty', left: 0 }], 'offer', null)).toEqual([{ name: 'empty', left: 0 }]);
});
