import { describe, expect, it } from 'vitest';

import { colorOf, hoursBefore, layOut, sayTook } from '../src/endpoints/told';

describe('what is told of a call', () => {
  it('is red only where it failed for good', () => {
    expect(colorOf({ verdict: 'accepted', next_at: null })).toBe('green');
    expect(colorOf({ verdict: 'temporary', next_at: '2026-01-01T00:00:00Z' })).toBe('orange');
    expect(colorOf({ verdict: 'temporary', next_at: null })).toBe('red');
  });

  it('says how long it took in the unit that fits', () => {
    expect([null, 85, 999, 1540, 30_000].map(sayTook)).toEqual(['–', '85 ms', '999 ms', '1.5 s', '30 s']);
  });

  it('lays out JSON and leaves other text as it is', () => {
    expect(layOut('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(layOut('<b>no</b>')).toBe('<b>no</b>');
  });

  it('counts hours back', () => {
    expect(hoursBefore(Date.UTC(2026, 0, 2), 24)).toBe('2026-01-01T00:00:00.000Z');
  });
});
