import { describe, expect, it } from 'vitest';

import type { PartsShown } from '../src/templates/asks';
import { nameSign, sayCosts, sayCounts, sayMoney, sayRange } from '../src/templates/partsSpread';

const SPREAD: PartsShown = { people: 100, unmade: 0, least: 1, median: 1, most: 2, mean: 1.03, counts: { 1: 97, 2: 3 }, costly: { '’': 3 }, price: 0.05, currency: 'EUR' };

describe('the parts of a text', () => {
  it('are told as a range, with how many get more', () => {
    expect(sayRange(SPREAD)).toBe('1–2 parts, median 1.');
    expect(sayCounts(SPREAD)).toBe('3% of the people get 2.');
    const same = { ...SPREAD, most: 1, counts: { 1: 100 } };
    expect(sayRange(same)).toBe('1 part.');
    expect(sayCounts(same)).toBe('');
  });

  it('name the sign that makes them dear', () => {
    expect(nameSign('’')).toBe('’ (U+2019)');
    expect(nameSign('😀')).toBe('😀 (U+1F600)');
  });

  it('cost what the setting says, each and for all', () => {
    expect(sayCosts(SPREAD, 2000)).toBe('About €0.0515 each, €103.00 for 2,000 people.');
    expect(sayCosts(SPREAD, null)).toBe('About €0.0515 each.');
    expect(sayCosts({ ...SPREAD, price: null, currency: null }, 10)).toBeNull();
    expect(sayMoney(12.3456, 'USD')).toBe('$12.35');
  });
});
