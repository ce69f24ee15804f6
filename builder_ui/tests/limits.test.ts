import { describe, expect, it } from 'vitest';

import { sayLimit, sayOver } from '../src/settings/limits';

const FEW = { most: 3, window: 'week', channel: null, topic: null, policy: 'skip', hold_for: null } as const;
const name = (key: string) => key.toUpperCase();

describe('a sending limit in words', () => {
  it('says how many, of what, and within what', () => {
    expect(sayLimit(FEW, name)).toBe('At most 3 marketing messages in a calendar week');
    expect(sayLimit({ ...FEW, most: 1, window: 'PT36H', channel: 'sms', topic: 'news' }, name)).toBe('At most 1 marketing message by SMS about NEWS within 36 hours');
    expect(sayLimit({ ...FEW, most: 0, channel: 'email' }, name)).toBe('No marketing by e-mail at all');
    expect(sayLimit({ ...FEW, most: null }, name)).toBe('No limit, as if there were none');
  });

  it('says what becomes of the rest', () => {
    expect(sayOver(FEW)).toBe('skipped when over it');
    expect(sayOver({ ...FEW, policy: 'hold' })).toBe('held when over it');
    expect(sayOver({ ...FEW, policy: 'hold', hold_for: 'P2D' })).toBe('held for up to 2 days');
  });
});
