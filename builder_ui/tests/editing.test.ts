import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addStep, describeOffer, findKinds, isOffer, openEnd, SHELVES, wayAfter } from '../src/editing/adding';
import { listCommands, sayKeys } from '../src/editing/commands';
import { compare, isEqual, overlap } from '../src/editing/differences';
import { nameHandle, readHandle, routeAnew } from '../src/canvas/ways';
import { Drawer } from '../src/editing/drawing';
import { groupByNode } from '../src/editing/problems';
import { keepChosen, readOnly, step } from '../src/editing/selection';
import { findNodes } from '../src/editing/jsonPlaces';
import { findPlace, heeds, isCovered, leavesField } from '../src/editing/keyPlaces';
import { listWays } from '../src/editing/LeadPicker';
import { rephrase } from '../src/editing/problemWords';
import { findEdit, findLine, readJourney, shareParts, writeJourney } from '../src/editing/text';
import type { Journey } from '../src/generated/journey';
import { steps } from '../src/graph/edit/steps';
import { keepPlaces } from '../src/graph/edit/places';
import { draw, isPlaced, listLines } from '../src/graph/flow';
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
    expect(Object.values(SHELVES).flat().toSorted()).toEqual([...Object.keys(NODES), 'best_hour'].toSorted());
    expect(findKinds('wait').flatMap(([, kinds]) => kinds)).toEqual(['wait', 'best_hour', 'wait_for']);
    expect(findKinds('best hour').flatMap(([, kinds]) => kinds)).toEqual(['best_hour']);
    expect(findKinds('fallback').flatMap(([, kinds]) => kinds)).toEqual(['send_first']);
    expect(['wait', 'best_hour', 'toString', ''].filter(isOffer)).toEqual(['wait', 'best_hour']);
    expect(findKinds('no such kind')).toEqual([]);
  });

  it('adds a wait that is set to the best hour', () => {
    const { step: adding, key } = addStep(small, 'best_hour', { way: { node: 'ask', at: ['otherwise'] } });
    expect(key).toBe('wait');
    expect(adding.change(small).nodes?.[key]).toMatchObject({ kind: 'wait', until: { best_hour: 'contact' } });
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
      expect(added.nodes?.[key]?.kind).toBe(describeOffer(kind).kind);
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

  it('routes anew only lines near which a card moved', () => {
    const far: Journey = {
      ...empty, start: 'a', nodes: { a: { kind: 'tag', add: ['x'], next: 'b' }, b: { kind: 'tag', add: ['x'] }, c: { kind: 'tag', add: ['x'], next: 'd' }, d: { kind: 'tag', add: ['x'] } },
      layout: { a: { x: 0, y: 0 }, b: { x: 0, y: 400 }, c: { x: 2000, y: 0 }, d: { x: 2000, y: 200 } },
    };
    const before = routeAnew(draw(far), null);
    const moved = steps.move({ d: { x: 0, y: 180 } }).change(far);
    const after = routeAnew(draw(moved), before);
    expect([after.routes.get('a') === before.routes.get('a'), after.routes.get('c') === before.routes.get('c')]).toEqual([false, false]);
    expect(after.routes.get('a')!.corners.length).toBe(6); // around what stands in between now
    const nudged = routeAnew(draw(steps.move({ d: { x: 2000, y: 240 } }).change(far)), before);
    expect([nudged.routes.get('a') === before.routes.get('a'), nudged.routes.get('c') === before.routes.get('c')]).toEqual([true, false]);
    const back = routeAnew(draw(far), after);
    expect([...back.routes]).toEqual([...before.routes]);
  });

  it('keeps where many nodes are drawn once one is added', () => {
    const many = Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`n${n}`, { kind: 'tag' as const, add: ['x'], ...(n < 89 ? { next: `n${n + 1}` } : {}) }]));
    const long: Journey = { ...empty, start: 'n0', nodes: many };
    const { step: adding } = addStep(long, 'wait', { way: { node: 'n89', at: [] } });
    const added = keepPlaces(adding).change(long);
    expect(isPlaced(added)).toBe(true);
    expect(keepPlaces(steps.changeJourney({ name: 'K' })).change(long).layout).toBeUndefined();
    expect(keepPlaces(addStep(small, 'wait', null).step).change(small).layout).toBeUndefined();
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

describe('leading ways', () => {
  it('offers every way out, and those that a step may be given', () => {
    const mail: Journey = { ...empty, start: 'm', nodes: { m: { kind: 'send_email', template: 't', topic: 'n', on_skip: { next: 'm' } } } };
    expect(listWays(mail, 'm').map(({ way, next }) => [way.at.join('/'), next])).toEqual([['', null], ['on_skip', 'm'], ['on_error', null]]);
    expect([listWays(mail, TRIGGER).map(({ next }) => next), listWays(mail, 'gone')]).toEqual([['m'], []]);
    const led = steps.connect({ node: 'm', at: ['on_error'] }, 'm').change(mail);
    expect(listLines(led).map(({ id }) => id)).toContain('m/on_error');
  });

  it('offers only ways that can be led', () => {
    fc.assert(fc.property(journeys, dice, (journey, number) => {
      const [target] = pick(Object.entries(journey.nodes ?? {}), number);
      for (const key of Object.keys(journey.nodes ?? {})) {
        for (const { way } of listWays(journey, key)) expect(listLines(steps.connect(way, target).change(journey)).some(({ from, at, to }) => from === key && at.join() === way.at.join() && to === target)).toBe(true);
      }
    }));
  });
});

describe('comments', () => {
  it('are put on a step, changed and taken away', () => {
    const noted = steps.comment('mail', ' Ask Anna ').change(small);
    expect(noted.nodes?.['mail']).toEqual({ kind: 'tag', add: ['x'], note: 'Ask Anna' });
    expect(steps.comment('mail', 'Ask Anna').change(noted)).toBe(noted);
    expect(steps.comment('mail', '').change(noted)).toEqual(small);
  });
});

describe('keys', () => {
  const within = (...selectors: readonly string[]) => ({ closest: (asked: string) => (asked.split(', ').some((one) => selectors.includes(one)) ? {} : null) }) as unknown as Element;

  it('know where they are pressed', () => {
    expect([null, within(), within('aside'), within('aside', 'input'), within('.cm-editor', 'aside'), within('[role=dialog]', 'input')].map(findPlace)).toEqual(['canvas', 'canvas', 'panel', 'field', 'text', 'elsewhere']);
  });

  it('go back to the canvas with Escape in a field of the details, not where a list is open', () => {
    const field = (expanded: string | null, ...selectors: readonly string[]) => Object.assign(within(...selectors), { getAttribute: () => expanded });
    expect([field(null, 'aside', 'input'), field('false', 'aside', 'input'), field('true', 'aside', 'input'), field(null, 'input'), field(null, 'aside'), field(null, 'aside', 'input', '[role=dialog]')].map((one) => leavesField(one))).toEqual([true, true, false, false, false, false]);
  });

  it('never delete a step from within a field, a form, the text or a dialog', () => {
    for (const place of ['panel', 'field', 'text', 'elsewhere'] as const) {
      expect(heeds(place, { id: 'remove' }, 'Delete')).toBe(false);
      expect(heeds(place, { id: 'go' }, 'ArrowDown')).toBe(false);
    }
    expect([heeds('canvas', { id: 'remove' }, 'Delete'), heeds('field', { id: 'undo' }, 'mod+Z'), heeds('text', { id: 'undo' }, 'mod+Z'), heeds('field', { id: 'all' }, 'mod+A')]).toEqual([true, true, false, false]);
  });
});

describe('a dialog over everything', () => {
  const holding = (...selectors: readonly string[]) => ({ querySelector: (asked: string) => (asked.split(', ').some((one) => selectors.includes(one)) ? {} : null) }) as unknown as Document;

  it('takes the keys as soon as it is about to open, and until it begins to close', () => {
    expect([holding(), holding('[data-opening]'), holding('[aria-modal=true]:not([data-leaving])'), holding('[aria-modal=true]', '[data-leaving]')].map(isCovered)).toEqual([false, true, true, false]);
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

  it('says which settings of a node changed, and which ways lead elsewhere', () => {
    const other = steps.connect({ node: 'ask', at: ['otherwise'] }, 'mail').change(steps.change('mail', { kind: 'tag', add: ['y'] }).change(small));
    const there = compare(small, other);
    expect(there.settings.get('mail')).toEqual([{ name: 'add', before: ['x'], after: ['y'] }]);
    expect([there.addedLines.map(({ id }) => id), there.removedLines]).toEqual([['ask/otherwise'], []]);
    expect(compare(other, small).removedLines.map(({ id }) => id)).toEqual(['ask/otherwise']);
  });

  it('draws both documents as one, with no card lost', () => {
    fc.assert(fc.property(journeys, journeys, (one, other) => {
      const both = overlap(one, other);
      expect(Object.keys(both.nodes ?? {}).toSorted()).toEqual([...new Set([...Object.keys(one.nodes ?? {}), ...Object.keys(other.nodes ?? {})])].toSorted());
      for (const [key, node] of Object.entries(other.nodes ?? {})) expect(both.nodes?.[key]).toBe(node);
    }));
    expect(overlap(small, small)).toBe(small);
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
    expect(readJourney(writeJourney(journey), journey.key)).toEqual({ journey, flaw: null });
  });

  it('reads every journey by chance back', () => {
    fc.assert(fc.property(journeys, (journey) => {
      expect(readJourney(writeJourney(journey), journey.key)).toEqual({ journey, flaw: null });
    }));
  });

  it('finds the line of which a parser complains, whatever the browser calls it', () => {
    const text = '{\n  "a": 1\n  "b": 2\n}';
    expect(findLine('Expected \',\' in JSON at position 13 (line 3 column 3)', text)).toBe(3);
    expect(findLine('Unexpected string in JSON at position 13', text)).toBe(3);
    expect(findLine('JSON.parse: expected \',\' at line 3 column 3 of the JSON data', text)).toBe(3);
    expect([findLine('Unexpected end of JSON input', text), findLine('No idea', text)]).toEqual([4, null]);
    const read = readJourney(text, 'j');
    expect(read.flaw?.what === 'json' && read.flaw.line).toBe(3);
  });

  it('keeps the objects of what was not touched', () => {
    const read = readJourney(writeJourney(steps.change('mail', { kind: 'tag', add: ['y'] }).change(small)), 'j').journey!;
    const shared = shareParts(small, read);
    expect(shared).toEqual(read);
    expect([shared.nodes?.['ask'] === small.nodes?.['ask'], shared.nodes?.['mail'] === small.nodes?.['mail'], shared.trigger === small.trigger]).toEqual([true, false, true]);
    fc.assert(fc.property(journeys, journeys, (one, other) => {
      expect(JSON.stringify(shareParts(one, other))).toBe(JSON.stringify(other));
    }));
  });

  it('replaces only what differs', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (before, after) => {
      const { from, to, insert } = findEdit(before, after);
      expect(before.slice(0, from) + insert + before.slice(to)).toBe(after);
    }));
    expect(findEdit('abc', 'axc')).toEqual({ from: 1, to: 2, insert: 'x' });
  });

  it('marks nodes where their names stand', () => {
    const text = writeJourney({ ...small, name: 'nodes' });
    expect([...findNodes(text)].map(([key, { from, to }]) => [key, text.slice(from, to)])).toEqual([['ask', '"ask"'], ['mail', '"mail"']]);
    expect(findNodes('{ "nodes": { "a": { }, "b"').get('a')).toEqual({ from: 13, to: 16 });
    expect(findNodes('nonsense').size).toBe(0);
  });

  it('says why a text is no journey, and keeps the key', () => {
    expect(readJourney('{', 'j').flaw?.what).toBe('json');
    for (const text of ['[]', '{}', '{"trigger":{},"nodes":[]}', 'null']) expect(readJourney(text, 'j').flaw?.what).toBe('shape');
    const flaw = (parts: object) => readJourney(JSON.stringify({ trigger: { kind: 'manual' }, ...parts }), 'j').flaw;
    expect(flaw({ nodes: { a: { kind: 'constructor' } } })).toEqual({ what: 'kind', node: 'a', kind: 'constructor' });
    for (const node of [5, { kind: 'wait', until: 5 }, { kind: 'branch', paths: {} }, { kind: 'branch', paths: [{ next: 'b' }] }, { kind: 'tag', add: ['x'], next: 5 }]) expect(flaw({ nodes: { a: node } })?.what, JSON.stringify(node)).toMatch(/part|kind/);
    expect([flaw({ trigger: { kind: 'no such' } }), flaw({ layout: { a: { x: 'far' } } }), flaw({ start: 5 })].map((one) => one?.what)).toEqual(['part', 'part', 'part']);
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

describe('problems', () => {
  const problem = { code: 'template_unknown', severity: 'error', node: 'mail', path: '', about: 'hello', message: "'mail' names the template 'hello', which does not exist." } as const;

  it('are said for whom draws, with the name they are about', () => {
    expect(rephrase(problem).message).toBe('There is no template “hello”.');
    expect(rephrase({ ...problem, code: 'reference_missing', about: 'topic', message: "'mail' has no topic yet." }).message).toBe('Choose a topic.');
  });

  it('name the channels that lack a template where several are tried', () => {
    const lacking = { ...problem, code: 'reference_missing', about: 'template' };
    const tries = (...empty: readonly boolean[]) => ({ mail: { kind: 'send_first' as const, tries: (['push', 'email', 'sms'] as const).map((channel, place) => ({ channel, template: empty[place] ? '' : 'x' })) } });
    expect([tries(true, false, false), tries(true, true, false), {}].map((nodes) => rephrase(lacking, nodes).message)).toEqual(['Choose a template for push.', 'Choose a template for push and e-mail.', 'Choose a template.']);
  });

  it('are said by the server where there are no better words', () => {
    const unknown = { ...problem, code: 'constructor' };
    expect(rephrase(unknown)).toBe(unknown);
    const strange = { ...problem, code: 'reference_missing', about: 'something new', message: 'Something is not there.' };
    expect(rephrase(strange)).toBe(strange);
  });
});

const [handbook = ''] = Object.values(import.meta.glob<string>('../../docs/builder.md', { query: '?raw', import: 'default', eager: true }));

it('the handbook tells the keys of every command', () => {
  const run = () => undefined;
  const doings = new Proxy({}, { get: (_target, name) => (name === 'mayEdit' ? true : run) }) as Parameters<typeof listCommands>[0];
  const rows = new Map(handbook.split('\n').filter((row) => row.startsWith('| `')).map((row) => {
    const [, keys = '', does = ''] = row.split('|').map((cell) => cell.trim());
    return [does, keys] as const;
  }));
  for (const { label, keys: [first], shown = first } of listCommands(doings)) {
    if (shown) expect(rows.get(label), label).toContain(`\`${sayKeys(shown, false)}\``);
  }
});
