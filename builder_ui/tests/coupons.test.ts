import { describe, expect, it } from 'vitest';

import { bringParts, PART, readCodes } from '../src/coupons/bringing';
import { readPlaces, sayAge } from '../src/fetched/told';

describe('codes that are pasted or uploaded', () => {
  it('are read one a line, of columns the first, without a title', () => {
    expect(readCodes('A1\nB2\r\n\n  C3  \n')).toEqual(['A1', 'B2', 'C3']);
    expect(readCodes('\uFEFFCode,Note\nA1,x\n"B,2";y\n"C""3"')).toEqual(['A1', 'B,2', 'C"3']);
    expect(readCodes('A1;5\tz')).toEqual(['A1']);
    expect(readCodes('')).toEqual([]);
  });

  it('go in parts, and what came of them is added up', async () => {
    const codes = Array.from({ length: PART + 3 }, (_, number) => `C${number}`);
    const sizes: number[] = [];
    const told: number[] = [];
    const all = await bringParts(codes, async (part) => {
      sizes.push(part.length);
      return { added: part.length - 1, doubled: 1, refused: 0, doubles: [part[0] ?? ''], flaws: [] };
    }, (sent) => told.push(sent));
    expect(sizes).toEqual([PART, 3]);
    expect(told).toEqual([PART, PART + 3]);
    expect(all).toEqual({ added: PART + 1, doubled: 2, refused: 0, doubles: ['C0', `C${PART}`], flaws: [] });
  });
});

describe('a source of fetched content', () => {
  it('has places to fill, as its address is written', () => {
    expect(readPlaces('https://x.example/{region}/now?city={city}&c={city}')).toEqual(['region', 'city']);
    expect(readPlaces('https://x.example/')).toEqual([]);
  });

  it('says how old an answer is', () => {
    expect(sayAge(0)).toBe('fetched just now');
    expect(sayAge(300)).toBe('fetched 5 min ago');
  });
});
