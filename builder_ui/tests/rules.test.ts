import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Condition, Op, Where } from '../src/generated/journey';
import { TABLE } from '../src/generated/operators';
import { sayCondition } from '../src/graph/words';
import {
  addMember, askedOf, blankLeaf, changeGroup, changeMeasure, changeOperator, GROUPS, groupOf, isChosen, isWhole, type Leaf, LEAVES, leafKind, listPrivate, makeGroup, measure, measureOf, MEASURES, membersOf, putMember, type Rule, takesOf, unwrap, wrap,
} from '../src/rules/edit';
import { blankOperand, isOperand, isWindow, listOperators } from '../src/rules/operators';
import { conditions, leaves, wheres } from './conditions';

const plan: Condition = { attribute: 'plan', op: 'is', value: 'pro' };
const vip: Condition = { segment: 'vip', op: 'member' };

/** The condition put together anew out of what the builder shows of it: groups, and leaves written field by field. */
function rebuild<R extends Rule>(rule: R): R {
  const kind = groupOf(rule);
  if (kind !== null) {
    const emptied = membersOf(rule).reduceRight<R | null>((rest, _, place) => (rest === null ? null : putMember(rest, place, null)), rule);
    expect(emptied).toBeNull();
    return makeGroup<R>(kind, membersOf(rule).map((member) => rebuild(member)));
  }
  const leaf = rule as unknown as Leaf;
  return Object.fromEntries(Object.entries(leaf).map(([field, value]) => [field, field === 'where' ? rebuild(value as Where) : value])) as unknown as R;
}

describe('any condition the engine accepts', () => {
  it('is built up again as the same JSON', () => {
    fc.assert(fc.property(fc.oneof<fc.Arbitrary<Rule>[]>(conditions, wheres), (rule) => {
      expect(JSON.stringify(rebuild(rule))).toBe(JSON.stringify(rule));
    }));
  });

  it('has leaves that the builder keeps as they are', () => {
    fc.assert(fc.property(leaves, (given) => {
      const leaf = given as unknown as Leaf;
      expect(isWhole(leaf)).toBe(true);
      expect(leafKind(leaf) in leaf).toBe(true);
      if (leafKind(leaf) === 'event') expect(changeMeasure(leaf, measureOf(leaf))).toBe(leaf);
      if ('value' in leaf) expect(JSON.stringify(changeOperator(leaf, leaf['op'] as Op))).toBe(JSON.stringify(leaf));
      const { fitting } = listOperators(askedOf(leaf), []);
      if ('value' in leaf) expect(fitting).toContain(leaf['op']);
    }));
  });

  it('is not changed by a member that is put where it was, and comes back when it is unwrapped', () => {
    fc.assert(fc.property(conditions, (rule) => {
      membersOf(rule).forEach((member, place) => expect(putMember(rule, place, member)).toBe(groupOf(rule) === null ? member : rule));
      expect(unwrap(wrap(rule, 'any'))).toBe(rule);
      expect(changeGroup(rule, groupOf(rule) ?? 'all')).toEqual(groupOf(rule) === null ? { all: [rule] } : rule);
    }));
  });

  it('is said in words, in one line', () => {
    fc.assert(fc.property(conditions, (rule) => {
      expect(sayCondition(rule)).not.toMatch(/undefined|null|\[object|NaN|\n/);
    }));
  });
});

describe('any edit', () => {
  it('of an operator leads to a value that fits, or to one that only a person can know', () => {
    fc.assert(fc.property(leaves.filter((leaf) => 'value' in leaf), fc.constantFrom(...TABLE.operators), (given, row) => {
      const changed = changeOperator(given as unknown as Leaf, row.op);
      expect(changed['op']).toBe(row.op);
      const takes = takesOf(changed, row);
      const isGood = isOperand(takes, changed['value']);
      const isOpen = JSON.stringify(changed['value']) === JSON.stringify(blankOperand(takes));
      expect(isGood || isOpen).toBe(true);
      if (!row.folds) expect(changed).not.toHaveProperty('ignore_case');
      if (row.takes === 'nothing') expect(changed).not.toHaveProperty('value');
    }));
  });

  it('of a measure keeps the window and the filter, and is whole but for a property to choose', () => {
    fc.assert(fc.property(leaves.filter((leaf) => 'event' in leaf), fc.constantFrom(...MEASURES), (given, to) => {
      const leaf = given as unknown as Leaf;
      const changed = changeMeasure(leaf, to);
      expect(measureOf(changed)).toBe(to);
      expect([changed['event'], changed['within'], changed['where']]).toEqual([leaf['event'], leaf['within'], leaf['where']]);
      expect(isWhole(changed) || changed['of'] === '').toBe(true);
    }));
  });

  it('of a group keeps its members', () => {
    fc.assert(fc.property(conditions, fc.constantFrom(...GROUPS), (rule, kind) => {
      expect(membersOf(changeGroup(rule, kind))).toEqual(membersOf(rule));
      expect(measure(addMember(rule, plan)).leaves).toBe(measure(rule).leaves + 1);
    }));
  });
});

it('adds to a leaf by making a group of it, and lets go of a group that is empty', () => {
  expect(addMember<Condition>(plan, vip)).toEqual({ all: [plan, vip] });
  expect(addMember<Condition>({ any: [plan] }, vip)).toEqual({ any: [plan, vip] });
  expect(putMember<Condition>({ any: [plan] }, 0, null)).toBeNull();
  expect(putMember(plan, 0, null)).toBeNull();
  expect(unwrap<Condition>({ none: [plan] })).toEqual({ none: [plan] });
});

it('knows what is still to be chosen, and what only an enrollment knows', () => {
  for (const kind of LEAVES) expect(isChosen(blankLeaf(kind) as unknown as Condition)).toBe(false);
  expect(isChosen({ all: [plan, { segment: '', op: 'member' }] })).toBe(false);
  expect(listPrivate({ any: [plan, { message: 'nudge', op: 'clicked' }, { none: [{ trigger: 'x', op: 'exists' }, { message: 'n', op: 'sent' }] }] })).toEqual(['message', 'trigger']);
});

it.each<[Leaf, boolean]>([
  [{ attribute: '', op: 'is', value: '' }, false],
  [{ attribute: 'a..b', op: 'is', value: '' }, false],
  [{ attribute: 'a"b', op: 'exists' }, false],
  [{ attribute: 'plan', op: 'gt', value: '5' }, false],
  [{ attribute: 'plan', op: 'between', value: [5, 1] }, false],
  [{ attribute: 'born', op: 'on', value: '2026-03-29T10:00:00Z' }, false],
  [{ attribute: 'born', op: 'before', value: '2026-03-29T10:00:00Z' }, true],
  [{ attribute: 'plan', op: 'in', value: [] }, false],
  [{ attribute: 'plan', op: 'contains', value: '' }, false],
  [{ event: 'Order', op: 'done', within: 'P1M' }, false],
  [{ event: 'Order', measure: 'sum', of: '', op: 'gte', value: 1 }, false],
  [{ event: 'Order', measure: 'count', op: 'is', value: 'three' }, false],
  [{ event: 'Order', measure: 'sum', of: 'total', op: 'gte', value: 0.00001 }, false],
  [{ event: '', op: 'done' }, true],
])('knows whether the server would keep %j', (leaf, isKept) => expect(isWhole(leaf)).toBe(isKept));

it('offers operators by the kinds of value that were seen, without hiding the others', () => {
  const { fitting, others } = listOperators('value', ['number']);
  expect(fitting).toContain('gte');
  expect(fitting).toContain('exists');
  expect(others).toContain('contains');
  expect(fitting.length + others.length).toBe(TABLE.operators.length);
  expect(listOperators('property', []).fitting).not.toContain('within_last');
});

it.each([['P30D', true], ['PT36H', true], ['P1M', false], ['P1Y', false], ['P1W2D', false], ['-P3D', false], ['P0D', false], ['30 days', false]])('%s as a window: %s', (text, isOne) => expect(isWindow(text)).toBe(isOne));
