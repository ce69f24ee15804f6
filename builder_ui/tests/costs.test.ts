import { describe, expect, it } from 'vitest';

import { type Costs, isEstimated, joinCosts, sayCosts } from '../src/templates/costs';

const costs = (more: Partial<Costs> = {}): Costs => ({ texts: 1, parts: 1, billed: {}, estimated: {}, unpriced: 0, ...more });

describe('what texts have cost', () => {
  it('says the sum, and what of it is estimated', () => {
    expect(sayCosts(costs({ billed: { EUR: 8_300_000 }, estimated: { EUR: 4_000_000 } }))).toBe('€12.30 (of which €4.00 estimated)');
    expect(sayCosts(costs({ billed: { EUR: 8_300_000 } }))).toBe('€8.30');
    expect(sayCosts(costs({ estimated: { EUR: 4_000_000 } }))).toBe('€4.00 (estimated)');
  });

  it('keeps currencies apart', () => {
    expect(sayCosts(costs({ billed: { USD: 2_000_000 }, estimated: { EUR: 1_000_000 } }))).toBe('€1.00 (estimated) + $2.00');
  });

  it('does not take what nobody knows for nothing', () => {
    expect(sayCosts(costs({ unpriced: 2 }))).toBe('No price known');
    expect(sayCosts(costs())).toBe('No costs: the mailbox keeps them');
    expect(sayCosts(costs({ billed: { EUR: 0 } }))).toBe('€0.00');
  });

  it('is summed over steps', () => {
    const whole = joinCosts([costs({ parts: 2, billed: { EUR: 1 } }), null, costs({ billed: { EUR: 2, USD: 5 }, estimated: { EUR: 4 }, unpriced: 1 })]);
    expect(whole).toEqual({ texts: 2, parts: 3, billed: { EUR: 3, USD: 5 }, estimated: { EUR: 4 }, unpriced: 1 });
    expect(isEstimated(whole!)).toBe(true);
    expect(isEstimated(costs())).toBe(false);
    expect(joinCosts([null, costs({ texts: 0 })])).toBeNull();
  });
});
