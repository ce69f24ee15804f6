import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addStep, findKinds, openEnd, SHELVES, wayAfter } from '../src/editing/adding';
import { listCommands, sayKeys } from '../src/editing/commands';
import { compare, isEqual } from '../src/editing/differences';
import { Drawer, nameHandle, readHandle } from '../src/editing/drawing';
import { groupByNode } from '../src/editing/problems';
import { keepChosen, readOnly, step } from '../src/editing/selection';
import { readJourney, writeJourney } from '../src/editing/text';
import type { Journey } from '../src/generated/journey';
import { steps } from '../src/graph/edit/steps';
import { listLines } from '../src/graph/flow';
import { pathsOf, TRIGGER } from '../src/graph/paths';
import { NODES } from '../src/nodes/registry';
import { dice, examples, journeys, pick } from './arbitrary';

const empty: Journey = { format: 1, key: 'j', name: 'J', trigger: { kind: 'manual' } };
const small: Journey = {
  ...empty, start: 'ask',
  nodes: { ask: { kind: 'branch', paths: [{ label: 'yes', when: { segment: 'vip', op: 'member' }, next: 'mail' }], otherwise: {} }, mail: { kind: 'tag', add: ['x'] } },
};

describe('adding', () => {
  it('offers every kind once, and finds them by their words', () => {
    expect(Object.values(SHELVES).flat().toSorted()).toEqual(Object.keys(NODES).toSorted());
    expect(findKinds('wait').flatMap(([, kinds]) => kinds)).toEqual(['wait', 'wait_for']);
    expect(findKinds('no such kind')).toEqual([]);
  });

  it('goes on from what is chosen, from its open end first', () => {
    expect(wayAfter(small, 'ask')).toEqual({ node: 'ask', at: ['otherwise'] });
    expect(wayAfter(small, 'mail')).toEqual({ node: 'mail', at: [] });
    expect(wayAfter(small, TRIGGER)).toEqual({ node: TRIGGER, at: [] });
    expect([wayAfter(small, null), wayAfter(small, 'gone')]).toEqual([null, null]);
    expect(openEnd(small)).toEqual({ node: 'mail', at: [] });
    expect(openEnd(empty)).toEqual({ node: TRIGGER, at: [] });
  });

  it('adds wherever it is told, and every node stays reachable as before', () => {
    fc.assert(fc.property(journeys, fc.constantFrom(...Object.values(SHELVES).flat()), dice, (journey, kind, number) => {
      const lines = listLines(journey);
      const line = lines.length > 0 ? pick(lines, number) : null;
      const { step: adding, key } = addStep(journey, kind, line ? { way: { node: line.from, at: line.at } } : null);
      const added = adding.change(journey);
      expect(added.nodes?.[key]?.kind).toBe(kind);
      if (line) expect(listLines(added).some(({ id, to }) => id === line.id && to === key)).toBe(true);
    }));
  });

  it('draws it where it was dropped, also when it is connected', () => {
    const { step: adding, key } = addStep(small, 'wait', { way: { node: 'ask', at: ['otherwise'] }, at: { x: 300.4, y: 200 } });
    const added = adding.change(small);
    expect([added.layout?.[key], listLines(added).find(({ at }) => at[0] === 'otherwise')?.to]).toEqual([{ x: 300, y: 200 }, key]);
  });
});

describe('the drawing', () => {
  it('names every way out by a handle, and reads it back', () => {
    fc.assert(fc.property(journeys, (journey) => {
      for (const node of Object.values(journey.nodes ?? {})) {
        for (const { at } of pathsOf(node)) expect(readHandle(nameHandle(at))).toEqual(at);
      }
    }));
  });

  it('makes new objects only for what an edit touched', () => {
    const drawer = new Drawer();
    const none = new Map<string, never>();
    const before = drawer.nodes(small, new Set(), none, none);
    const edges = drawer.edges(small, null);
    const changed = steps.change('mail', { kind: 'tag', add: ['y'] }).change(small);
    const after = drawer.nodes(changed, new Set(), none, none);
    expect(after.map((node, place) => node === before[place])).toEqual([true, true, false]);
    expect(drawer.edges(changed, null).every((edge, place) => edge === edges[place])).toBe(true);
    const chosen = drawer.nodes(changed, new Set(['ask']), none, none);
    expect(chosen.map((node, place) => node === after[place])).toEqual([true, false, true]);
    expect(drawer.edges(changed, edges[0]!.id)[0]).not.toBe(edges[0]);
  });

  it('draws an edge for every way that leads somewhere, from a handle that its card has', () => {
    fc.assert(fc.property(journeys, (journey) => {
      const drawer = new Drawer();
      const nodes = new Map(drawer.nodes(journey, new Set(), new Map(), new Map()).map((node) => [node.id, node]));
      for (const { source, sourceHandle, target } of drawer.edges(journey, null)) {
        expect(nodes.get(source)?.handles?.some(({ id }) => id === sourceHandle)).toBe(true);
        expect(nodes.get(target)?.handles?.some(({ id }) => id === 'in')).toBe(true);
      }
    }));
  });
});

describe('choosing', () => {
  it('walks along the ways, and to the side', () => {
    expect([step(small, null, 'down'), step(small, TRIGGER, 'down'), step(small, 'ask', 'down'), step(small, 'mail', 'up'), step(small, 'ask', 'up'), step(small, TRIGGER, 'up')])
      .toEqual([TRIGGER, 'ask', 'mail', 'ask', TRIGGER, null]);
    const wide = { ...small, layout: { ask: { x: 0, y: 0 }, mail: { x: 400, y: 10 } } };
    expect([step(wide, 'ask', 'right'), step(wide, 'mail', 'left'), step(wide, 'mail', 'right')]).toEqual(['mail', 'ask', null]);
  });

  it('lets go of what is gone', () => {
    const chosen = new Set(['ask', TRIGGER]);
    expect(keepChosen(small, chosen)).toBe(chosen);
    expect([...keepChosen(small, new Set(['ask', 'gone']))]).toEqual(['ask']);
    expect([readOnly(new Set(['a'])), readOnly(new Set()), readOnly(new Set(['a', 'b']))]).toEqual(['a', null, null]);
  });
});

describe('differences', () => {
  it('says what was added, removed, changed or only moved', () => {
    const other: Journey = { ...small, name: 'K', nodes: { mail: { kind: 'tag', add: ['y'] }, new: { kind: 'leave', reason: 'r' } }, layout: { mail: { x: 1, y: 1 } } };
    const { nodes, parts, isMoved } = compare(small, other);
    expect([Object.fromEntries(nodes), parts, isMoved]).toEqual([{ mail: 'changed', new: 'added', ask: 'removed' }, ['name'], true]);
  });

  it('finds none between a journey and itself as JSON, and mirrors itself', () => {
    fc.assert(fc.property(journeys, journeys, (one, other) => {
      expect(isEqual(compare(one, JSON.parse(JSON.stringify(one)) as Journey))).toBe(true);
      const there = compare(one, other);
      const back = compare(other, one);
      expect([...there.nodes.keys()].toSorted()).toEqual([...back.nodes.keys()].toSorted());
      for (const [key, difference] of there.nodes) expect(back.nodes.get(key)).toBe({ added: 'removed', removed: 'added', changed: 'changed' }[difference]);
    }));
  });
});

describe('as text', () => {
  it.each(examples)('%s comes back as it was written', (_name, text) => {
    const journey = JSON.parse(text) as Journey;
    expect(readJourney(writeJourney(journey), journey.key)).toEqual({ journey, problem: null });
  });

  it('says why a text is no journey, and keeps the key', () => {
    expect(readJourney('{', 'j').problem).toMatch(/JSON/);
    for (const text of ['[]', '{}', '{"trigger":{},"nodes":[]}', '{"trigger":{},"nodes":{"a":{"kind":"constructor"}}}', 'null']) expect(readJourney(text, 'j').problem).toBe('shape');
    expect(readJourney('{"trigger":{"kind":"manual"},"key":"other"}', 'j').journey?.key).toBe('j');
  });
});

it('keys are said as people read them', () => {
  expect([sayKeys('mod+shift+Z', false), sayKeys('mod+Z', true), sayKeys('Backspace', false), sayKeys('shift++', false), sayKeys('+', false)]).toEqual(['Ctrl ⇧ Z', '⌘ Z', '⌫', '⇧ +', '+']);
});

it('who may not edit is offered no command that does, and no two commands share a key', () => {
  const run = () => undefined;
  const doings = new Proxy({}, { get: (_target, name) => (name === 'mayEdit' ? true : run) }) as Parameters<typeof listCommands>[0];
  const all = listCommands(doings);
  const keys = all.flatMap((command) => command.keys);
  expect(new Set(keys).size).toBe(keys.length);
  const looking = new Proxy({}, { get: (_target, name) => (name === 'mayEdit' ? false : run) }) as Parameters<typeof listCommands>[0];
  expect(listCommands(looking).some(({ edits }) => edits)).toBe(false);
});

it('problems are found by their node, those of the journey under none', () => {
  const problem = { code: 'c', severity: 'error', path: '', message: 'm' } as const;
  const grouped = groupByNode([{ ...problem, node: 'a' }, { ...problem, node: null }, { ...problem, node: 'a' }]);
  expect([grouped.get('a')?.length, grouped.get('')?.length]).toEqual([2, 1]);
});
