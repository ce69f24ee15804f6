import { describe, expect, it } from 'vitest';

import type { Journey } from '../src/generated/journey';
import { draw, TRIGGER } from '../src/graph/flow';
import { listNodes, pathsOf } from '../src/graph/paths';
import { describeNode } from '../src/nodes/registry';

const files = import.meta.glob<string>('../../examples/journeys/*.json', { query: '?raw', import: 'default', eager: true });
const examples = Object.entries(files).filter(([name]) => !name.endsWith('catalogue.json'));

it('finds the four examples', () => expect(examples.length).toBeGreaterThanOrEqual(4));

for (const [name, text] of examples) describe(name, () => {
  const journey = JSON.parse(text) as Journey;
  const drawing = draw(journey);

  it('draws the trigger and every node once', () => {
    expect(drawing.steps.map(({ id }) => id)).toEqual([TRIGGER, ...Object.keys(journey.nodes ?? {})]);
  });

  it('draws a line for every way that leads somewhere', () => {
    const ways = listNodes(journey).flatMap(([, node]) => pathsOf(node).filter(({ next }) => next !== null));
    expect(drawing.lines.length).toBe(ways.length + 1);
  });

  it('lays nodes on no other', () => {
    const places = drawing.steps.map(({ x, y }) => `${Math.round(x)},${Math.round(y)}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it('leaves the document as it was', () => {
    expect(JSON.parse(JSON.stringify(journey))).toEqual(JSON.parse(text));
  });

  it('says every node in words', () => {
    for (const [, node] of listNodes(journey)) {
      const { title, more } = describeNode(node);
      expect(`${title} ${more}`).not.toMatch(/undefined|null|\[object/);
      expect(title.length).toBeGreaterThan(2);
    }
  });
});

it('draws a way to a node that does not exist as no line', () => {
  const journey = { format: 1, key: 'x', name: 'X', trigger: { kind: 'manual' }, start: 'a', nodes: { a: { kind: 'tag', add: ['t'], next: 'constructor' } } } as unknown as Journey;
  expect(draw(journey).lines.map(({ to }) => to)).toEqual(['a']);
});
