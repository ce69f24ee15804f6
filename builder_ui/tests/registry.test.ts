import { expect, it } from 'vitest';

import type { UpdateContactNode, WaitNode } from '../src/generated/journey';
import { keyForKind } from '../src/graph/edit/keys';
import { pathsOf } from '../src/graph/paths';
import { describeNode, NODES } from '../src/nodes/registry';
import type { Kind, NodeDefinition, Registry } from '../src/nodes/types';

const kinds = Object.keys(NODES) as Kind[];
const empty = { format: 1, key: 'j', name: 'J', trigger: { kind: 'manual' } } as const;

it.each(kinds)('begins a node of the kind %s that can be shown and led on', (kind) => {
  const node = NODES[kind].blank(keyForKind(empty, kind));
  expect(node.kind).toBe(kind);
  const { title, more } = describeNode(node);
  expect(`${title} ${more}`).not.toMatch(/undefined|null|NaN|\[object|“”|^ |: $/);
  expect(pathsOf(node).every(({ next }) => next === null)).toBe(true);
  expect(new Set(pathsOf(node).map(({ label }) => label)).size).toBe(pathsOf(node).length);
});

it('begins each node anew', () => {
  expect(NODES.split.blank('a')).not.toBe(NODES.split.blank('b'));
  expect(NODES.leave.blank('leave-2')).toEqual({ kind: 'leave', reason: 'leave-2' });
});

it('asks for all of every kind when it is compiled', () => {
  const { blank: _blank, ...unborn } = NODES.wait;
  const { summary: _summary, ...silent } = NODES.wait;
  const { wait: _wait, ...few } = NODES;
  // @ts-expect-error a kind cannot do without `blank`
  const withoutBlank: NodeDefinition<'wait'> = unborn;
  // @ts-expect-error nor without `summary`
  const withoutSummary: NodeDefinition<'wait'> = silent;
  // @ts-expect-error and none may be missing
  const withoutWait: Registry = few;
  // @ts-expect-error nor begin a node of another kind
  const mistaken: NodeDefinition<'wait'> = { ...NODES.wait, blank: NODES.tag.blank };
  expect([withoutBlank, withoutSummary, withoutWait, mistaken]).toHaveLength(4);
});

it.each<[Omit<UpdateContactNode, 'kind'>, string]>([
  [{ set: { plan: 'pro' }, increment: { visits: 1 } }, 'Set plan, visits'],
  [{ increment: { visits: 1 } }, 'Count visits'],
  [{ unset: ['plan'] }, 'Remove plan'],
  [{}, 'Set nothing yet'],
])('says the change %j of a contact in words', (settings, title) => {
  expect(describeNode({ kind: 'update_contact', ...settings }).title).toBe(title);
});

const workdays = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;

it.each<[Omit<WaitNode, 'kind'>, string, string]>([
  [{ for: 'P1DT2H' }, 'Wait 1 day 2 hours', 'for each by themselves'],
  [{}, 'Wait for nothing yet', 'for each by themselves'],
  [{ until: { at: '09:00' } }, 'Wait until 09:00', 'in their own zone'],
  [{ until: { at: '09:00', weekdays: workdays, days_ahead: 1 } }, 'Wait until 09:00 on a weekday', 'from tomorrow on, in their own zone'],
  [{ until: { at: '18:30', weekdays: ['sat'], days_ahead: 3, skip_holidays: true } }, 'Wait until 18:30 on Saturday', 'from 3 days ahead on, in their own zone, not on holidays'],
  [{ until: { at: '09:00', same_day_if_late: true } }, 'Wait until 09:00', 'in their own zone, at once if that has passed'],
  [{ until: { from: '09:00', to: '17:00', weekdays: workdays, skip_holidays: true } }, 'Wait until between 09:00 and 17:00 on a weekday', 'in their own zone, not on holidays'],
  [{ until: { from: '22:00', to: '06:00' } }, 'Wait until between 22:00 and 06:00', 'in their own zone'],
  [{ until: { attribute: 'plan.renews_on' }, on_missing: 'exit' }, 'Wait until “renews on”', 'who has no such date leaves'],
  [{ until: { attribute: 'renews_on', offset: '-P7D', at: '09:00' }, on_missing: {} }, 'Wait until 7 days before “renews on” at 09:00', 'another way if there is no such date'],
  [{ until: { attribute: 'born_on', offset: 'PT36H' } }, 'Wait until 36 hours after “born on”', 'who has no such date leaves'],
])('says the wait %j in words', (settings, title, more) => {
  expect(describeNode({ kind: 'wait', ...settings })).toMatchObject({ title, more });
});

