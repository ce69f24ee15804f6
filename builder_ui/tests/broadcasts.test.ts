// A broadcast as it is planned, and as the journey that it is.
import { describe, expect, it } from 'vitest';

import { BLANK, CHANNELS, readPlan, writeAudience, writeDocument } from '../src/broadcasts/plan';

const NOW = Date.parse('2026-03-01T12:00:00Z');

describe('a broadcast', () => {
  it.each(CHANNELS)('by %s is read as it was written', (channel) => {
    const plan = { ...BLANK, name: 'Spring', who: { kind: 'segment', key: 'vip' } as const, channel, template: 'spring', topic: 'news', when: { kind: 'at', wall: '2026-04-01T09:00', zone: 'UTC' } as const };
    const written = writeDocument('spring', plan, new Set(), NOW, null);
    expect(written.nodes?.message).toMatchObject({ kind: `send_${channel}`, template: 'spring', topic: 'news' });
    expect(readPlan(written, NOW)).toEqual(plan);
  });

  it('for everybody with a topic asks for the yes to its own channel', () => {
    expect(writeAudience({ who: { kind: 'topic', key: 'news' }, channel: 'push' }, new Set())).toEqual({ consent: 'news', channel: 'push', op: 'subscribed' });
  });
});
