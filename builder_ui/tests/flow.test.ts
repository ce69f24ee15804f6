import { describe, expect, it } from 'vitest';

import type { Journey } from '../src/generated/journey';
import { draw, HEIGHT, WIDTH } from '../src/graph/flow';
import { listNodes, pathsOf, TRIGGER } from '../src/graph/paths';
import { describeNode } from '../src/nodes/registry';

const files = import.meta.glob<string>('../../examples/journeys/*.json', { query: '?raw', import: 'default', eager: true });
const examples = Object.entries(files).filter(([name]) => !/(catalogue|\.test)\.json$/.test(name));

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

  it('lays no card over another', () => {
    for (const [place, one] of drawing.steps.entries()) {
      for (const other of drawing.steps.slice(place + 1)) {
        expect(Math.abs(one.x - other.x) >= WIDTH || Math.abs(one.y - other.y) >= HEIGHT, `${one.id} and ${other.id}`).toBe(true);
      }
    }
  });

  it('places nodes as the document says, and the trigger above them', () => {
    const trigger = drawing.steps[0];
    for (const { id, x, y } of drawing.steps.slice(1)) {
      expect({ x, y }).toEqual(journey.layout?.[id]);
      expect(trigger?.y).toBeLessThanOrEqual(y - HEIGHT);
    }
  });

  it('lays out a document that places not every node, again with no card over another', () => {
    const { layout: _places, ...bare } = journey;
    const { steps } = draw(bare as Journey);
    expect(new Set(steps.map(({ x, y }) => `${Math.round(x)},${Math.round(y)}`)).size).toBe(drawing.steps.length);
    expect(steps.map(({ y }) => y).sort((a, b) => a - b)[0]).toBe(steps[0]?.y);
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
