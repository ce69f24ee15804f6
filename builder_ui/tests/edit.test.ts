import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';

import type { Journey, Node } from '../src/generated/journey';
import { freshKey, keyForKind } from '../src/graph/edit/keys';
import { addNode, changeNode, insertNode, removeNodes, renameNode } from '../src/graph/edit/nodes';
import { moveNodes, tidyUp } from '../src/graph/edit/places';
import { connect, readWay } from '../src/graph/edit/ways';
import { draw, HEIGHT, isPlaced, listLines, WIDTH } from '../src/graph/flow';
import { findNode, listNodes, pathsOf, TRIGGER, type WayOut } from '../src/graph/paths';
import { dice, examples, journeys, pick } from './arbitrary';

/** Laying out takes its time. */
const LAYOUTS = { numRuns: 40 };
const FRESH = 'fresh-node-key';
const wait: Node = { kind: 'wait', for: 'P1D' };
const empty: Journey = { format: 1, key: 'j', name: 'J', trigger: { kind: 'manual' } };

const keysOf = (journey: Journey) => listNodes(journey).map(([key]) => key);
const waysOf = (journey: Journey): readonly WayOut[] => [
  { node: TRIGGER, at: [] },
  ...listNodes(journey).flatMap(([node, config]) => pathsOf(config).map(({ at }) => ({ node, at }))),
];
const linesOf = (journey: Journey) => listLines(journey).map(({ id, to }) => `${id} > ${to}`).sort();
const leadsOnlyToNodes = (journey: Journey) => waysOf(journey).every((way) => {
  const next = readWay(journey, way);
  return next === null || findNode(journey, next) !== undefined;
});

/** The document again, from its frame, the cards and the lines of its drawing alone. */
function readBack(journey: Journey): Journey {
  const { steps, lines } = draw(journey);
  const cards = steps.flatMap(({ id, node }) => (node ? [[id, node] as const] : []));
  const bare = waysOf(journey).reduce<Journey>((cut, way) => connect(cut, way, null), { ...journey, nodes: Object.fromEntries(cards) });
  return lines.reduce((led, { from, at, to }) => connect(led, { node: from, at }, to), bare);
}

describe('a drawing', () => {
  it('loses nothing and adds nothing', () => {
    fc.assert(fc.property(journeys, (journey) => {
      expect(readBack(journey)).toEqual(journey);
    }));
  });

  it.each(examples)('loses nothing of %s', (_name, text) => {
    const journey = JSON.parse(text) as Journey;
    expect(readBack(journey)).toEqual(journey);
    expect(JSON.stringify(journey)).toBe(JSON.stringify(JSON.parse(text)));
  });

  it('gives each line another id, also where labels are the same', () => {
    const twice: Node = { kind: 'branch', paths: [{ label: 'a', when: { segment: 's', op: 'member' }, next: 'b' }, { label: 'a', when: { segment: 't', op: 'member' }, next: 'b' }] };
    const ids = draw({ ...empty, start: 'b', nodes: { b: twice } }).lines.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
  });
});

describe('connecting', () => {
  it('changes one line and nothing else', () => {
    fc.assert(fc.property(journeys, dice, dice, (journey, first, second) => {
      const way = pick(waysOf(journey), first);
      const target = pick(keysOf(journey), second);
      const id = way.node === TRIGGER ? TRIGGER : [way.node, ...way.at].join('/');
      const others = linesOf(journey).filter((line) => !line.startsWith(`${id} > `));
      expect(linesOf(connect(journey, way, target))).toEqual([...others, `${id} > ${target}`].sort());
      expect(linesOf(connect(journey, way, null))).toEqual(others);
    }));
  });

  it('leaves a document that is so already the same object', () => {
    fc.assert(fc.property(journeys, dice, (journey, number) => {
      const way = pick(waysOf(journey), number);
      expect(connect(journey, way, readWay(journey, way))).toBe(journey);
    }));
  });

  it('opens a corner where a word stood, or nothing', () => {
    const mail: Node = { kind: 'send_email', template: 't', on_error: 'exit' };
    const journey: Journey = { ...empty, start: 'mail', nodes: { mail, end: { kind: 'leave', reason: 'r' } } };
    expect(connect(journey, { node: 'mail', at: ['on_error'] }, 'end').nodes?.['mail']).toEqual({ ...mail, on_error: { next: 'end' } });
    expect(connect(journey, { node: 'mail', at: ['on_skip'] }, 'end').nodes?.['mail']).toEqual({ ...mail, on_skip: { next: 'end' } });
    expect(connect({ ...journey, nodes: { ...journey.nodes, mail: { kind: 'branch' } } }, { node: 'mail', at: ['otherwise'] }, 'end').nodes?.['mail']).toEqual({ kind: 'branch', otherwise: { next: 'end' } });
  });

  it('refuses what is not there', () => {
    const journey = addNode(empty, 'a', wait);
    expect(() => connect(journey, { node: 'constructor', at: [] }, null)).toThrow('no node “constructor”');
    expect(() => connect(journey, { node: 'a', at: [] }, 'b')).toThrow('no node “b”');
    expect(() => connect(journey, { node: 'a', at: ['on_missing'] }, 'a')).toThrow('no way out at “on_missing”');
    expect(() => connect(journey, { node: 'a', at: ['paths', 0] }, 'a')).toThrow('no way out at “paths/0”');
  });
});

describe('putting a node in', () => {
  it('lies between, and taking it out again leaves the journey as it was', () => {
    fc.assert(fc.property(journeys, dice, (journey, number) => {
      const way = pick(waysOf(journey), number);
      const target = readWay(journey, way);
      const inserted = insertNode(journey, way, FRESH, wait);
      expect(readWay(inserted, way)).toBe(FRESH);
      expect(readWay(inserted, { node: FRESH, at: [] })).toBe(target);
      const { layout: _moved, ...removed } = removeNodes(inserted, [FRESH]);
      const { layout: _place, ...before } = journey;
      expect(removed).toEqual(before);
    }));
  });

  it('leads on by the way that carries on', () => {
    const journey: Journey = { ...empty, start: 'end', nodes: { end: { kind: 'leave', reason: 'r' } } };
    const put = (node: Node) => insertNode(journey, { node: TRIGGER, at: [] }, 'new', node).nodes?.['new'];
    expect(put({ kind: 'branch', paths: [], otherwise: {} })).toMatchObject({ otherwise: { next: 'end' } });
    expect(put({ kind: 'split', paths: [{ label: 'A', weight: 50 }, { label: 'B', weight: 50 }] })).toMatchObject({ paths: [{ next: 'end' }, { label: 'B' }] });
    expect(put({ kind: 'leave', reason: 'x' })).toEqual({ kind: 'leave', reason: 'x' });
  });

  it('lays no card over another, where none lay so before', () => {
    fc.assert(fc.property(journeys, dice, (drawn, number) => {
      const journey = tidyUp(drawn);
      const inserted = insertNode(journey, pick(waysOf(journey), number), FRESH, wait);
      expect(isPlaced(inserted)).toBe(true);
      const cards = draw(inserted).steps;
      for (const [place, one] of cards.entries()) {
        for (const other of cards.slice(place + 1)) {
          expect(Math.abs(one.x - other.x) >= WIDTH || Math.abs(one.y - other.y) >= HEIGHT, `${one.id} and ${other.id}`).toBe(true);
        }
      }
    }), LAYOUTS);
  });

  it('shares every node that is not touched', () => {
    fc.assert(fc.property(journeys, dice, (journey, number) => {
      const way = pick(waysOf(journey), number);
      const inserted = insertNode(journey, way, FRESH, wait);
      for (const [key, node] of listNodes(journey)) if (key !== way.node) expect(findNode(inserted, key)).toBe(node);
      expect(keysOf(inserted)).toEqual([...keysOf(journey), FRESH]);
    }));
  });

  it('adds a node that nothing leads to; the first one is the start', () => {
    const one = addNode(empty, 'a', wait, { x: 1.4, y: 2.6 });
    expect(one).toEqual({ ...empty, nodes: { a: wait }, start: 'a', layout: { a: { x: 1, y: 3 } } });
    expect(addNode(one, 'b', wait).start).toBe('a');
    expect(() => addNode(one, 'a', wait)).toThrow('already a node “a”');
  });
});

describe('taking nodes out', () => {
  it('leaves no way, start or place to what is gone', () => {
    fc.assert(fc.property(journeys, dice, dice, (journey, first, second) => {
      const gone = [pick(keysOf(journey), first), pick(keysOf(journey), second)];
      const removed = removeNodes(journey, gone);
      expect(leadsOnlyToNodes(removed)).toBe(true);
      for (const key of gone) {
        expect(findNode(removed, key)).toBeUndefined();
        expect(Object.hasOwn(removed.layout ?? {}, key)).toBe(false);
      }
      expect(keysOf(removed)).toEqual(keysOf(journey).filter((key) => !gone.includes(key)));
    }));
  });

  it('bridges a node with one way out, and cuts the ways to one with several', () => {
    fc.assert(fc.property(journeys, dice, (journey, number) => {
      const key = pick(keysOf(journey), number);
      const ways = pathsOf(findNode(journey, key)!);
      const onward = ways.length === 1 && ways[0]!.next !== key ? ways[0]!.next : null;
      const removed = removeNodes(journey, [key]);
      for (const way of waysOf(journey).filter(({ node }) => node !== key && node !== TRIGGER)) {
        const before = readWay(journey, way);
        expect(readWay(removed, way)).toBe(before === key ? onward : before);
      }
    }));
  });

  it('moves the start on', () => {
    const nodes: Journey['nodes'] = { a: { kind: 'branch', paths: [], otherwise: { next: 'b' } }, b: { ...wait, next: 'b' } };
    const journey: Journey = { ...empty, start: 'a', nodes };
    expect(removeNodes(journey, ['a']).start).toBe('b');
    expect(removeNodes(journey, ['b']).start).toBe('a');
    expect(removeNodes(journey, ['a', 'b'])).toEqual({ ...empty, start: null, nodes: {} });
  });
});

describe('another key', () => {
  it('there and back changes nothing', () => {
    fc.assert(fc.property(journeys, dice, (journey, number) => {
      const key = pick(keysOf(journey), number);
      const renamed = renameNode(journey, key, FRESH);
      expect(JSON.stringify(renameNode(renamed, FRESH, key))).toBe(JSON.stringify(journey));
      expect(keysOf(renamed)).toEqual(keysOf(journey).map((each) => (each === key ? FRESH : each)));
    }));
  });

  it('is followed by all that names the node, and by nothing else', () => {
    const journey: Journey = {
      ...empty,
      trigger: { kind: 'schedule', cron: '0 9 * * mon', audience: { message: 'q', op: 'sent' } },
      entry: { when: { context: 'q.mark', op: 'exists' } },
      exits: [{ when: { any: [{ message: 'q', op: 'clicked' }] } }, { event: 'q' }],
      start: 'q',
      nodes: {
        q: { kind: 'ask', to: 'owner', text: 'q', paths: [{ label: 'q', next: 'w' }], due: { after: 'P1D', next: 'q' } },
        w: { kind: 'wait_for', paths: [{ label: 'l', event: 'q', next: 'q' }, { label: 'm', when: { none: [{ message: 'q', op: 'opened' }] } }], timeout: { after: 'P1D', next: 'q' } },
        c: { kind: 'consent', topic: 'q', channel: 'email', choice: 'subscribed', confirmed_by: 'q' },
        m: { kind: 'send_email', template: 'q', data: { a: { $: 'context.q.mark', or: 'q' }, b: { $: 'context.qq.mark' } }, on_skip: { next: 'q' }, on_error: { next: 'q' } },
        d: { kind: 'wait', until: { attribute: 'q' }, on_missing: { next: 'q' } },
        g: { kind: 'go_to', next: 'q', at_most: 2, otherwise: { next: 'q' } },
        s: { kind: 'split', paths: [{ label: 'q', weight: 100, next: 'q' }] },
        h: { kind: 'webhook', endpoint: 'q', body: { message: 'q', next: 'q', list: [{ $: 'context.q.mark' }] } },
      },
      layout: { q: { x: 1, y: 2 } },
    };
    const renamed = renameNode(journey, 'q', 'ask-owner');
    expect(renamed.trigger).toMatchObject({ audience: { message: 'ask-owner' } });
    expect(renamed.entry).toEqual({ when: { context: 'ask-owner.mark', op: 'exists' } });
    expect(renamed.exits).toEqual([{ when: { any: [{ message: 'ask-owner', op: 'clicked' }] } }, { event: 'q' }]);
    expect([renamed.start, renamed.layout]).toEqual(['ask-owner', { 'ask-owner': { x: 1, y: 2 } }]);
    expect(renamed.nodes).toEqual({
      'ask-owner': { kind: 'ask', to: 'owner', text: 'q', paths: [{ label: 'q', next: 'w' }], due: { after: 'P1D', next: 'ask-owner' } },
      w: { kind: 'wait_for', paths: [{ label: 'l', event: 'q', next: 'ask-owner' }, { label: 'm', when: { none: [{ message: 'ask-owner', op: 'opened' }] } }], timeout: { after: 'P1D', next: 'ask-owner' } },
      c: { kind: 'consent', topic: 'q', channel: 'email', choice: 'subscribed', confirmed_by: 'ask-owner' },
      m: { kind: 'send_email', template: 'q', data: { a: { $: 'context.ask-owner.mark', or: 'q' }, b: { $: 'context.qq.mark' } }, on_skip: { next: 'ask-owner' }, on_error: { next: 'ask-owner' } },
      d: { kind: 'wait', until: { attribute: 'q' }, on_missing: { next: 'ask-owner' } },
      g: { kind: 'go_to', next: 'ask-owner', at_most: 2, otherwise: { next: 'ask-owner' } },
      s: { kind: 'split', paths: [{ label: 'q', weight: 100, next: 'ask-owner' }] },
      h: { kind: 'webhook', endpoint: 'q', body: { message: 'q', next: 'q', list: [{ $: 'context.ask-owner.mark' }] } },
    });
  });

  it('is refused if it is taken, or none', () => {
    const journey = addNode(addNode(empty, 'a', wait), 'b', wait);
    expect(() => renameNode(journey, 'a', 'b')).toThrow('already a node “b”');
    expect(() => renameNode(journey, 'a', 'Not so')).toThrow('a key is made of');
    expect(renameNode(journey, 'a', 'a')).toBe(journey);
  });
});

test('a fresh key counts on', () => {
  const journey: Journey = { ...empty, nodes: { wait, 'wait-2': wait, 'send-email': wait, ['x'.repeat(64)]: wait } };
  expect(keyForKind(journey, 'wait')).toBe('wait-3');
  expect(keyForKind(journey, 'send_email')).toBe('send-email-2');
  expect(freshKey(journey, 'wait-2')).toBe('wait-3');
  expect(freshKey(journey, 'constructor')).toBe('constructor');
  expect(freshKey(journey, 'x'.repeat(64))).toBe('x'.repeat(62) + '-2');
});

test('settings of one node change, and the others are shared', () => {
  const journey: Journey = { ...empty, start: 'a', nodes: { a: wait, b: { kind: 'tag' } } };
  const changed = changeNode(journey, 'a', { kind: 'wait', for: 'P2D' });
  expect(changed.nodes).toEqual({ a: { kind: 'wait', for: 'P2D' }, b: { kind: 'tag' } });
  expect(changed.nodes?.['b']).toBe(journey.nodes?.['b']);
  expect(changeNode(journey, 'a', wait)).toBe(journey);
  expect(() => changeNode(journey, 'c', wait)).toThrow('no node “c”');
});

test('drawing a node elsewhere leaves the others where they are drawn, and the meaning alone', () => {
  fc.assert(fc.property(journeys, dice, (journey, number) => {
    const key = pick(keysOf(journey), number);
    const moved = moveNodes(journey, { [key]: { x: 7, y: 7 } });
    expect(moved.nodes).toBe(journey.nodes);
    expect(moved.layout?.[key]).toEqual({ x: 7, y: 7 });
    for (const { id, x, y } of draw(journey).steps.slice(1)) {
      if (id !== key) expect(moved.layout?.[id]).toEqual({ x: Math.round(x), y: Math.round(y) });
    }
  }), LAYOUTS);
});

test('a node that is put where it is has not been moved', () => {
  const journey: Journey = { ...empty, start: 'a', nodes: { a: wait }, layout: { a: { x: 1, y: 2 } } };
  expect(moveNodes(journey, { a: { x: 1.2, y: 1.8 } })).toBe(journey);
  expect(moveNodes({ ...journey, layout: {} }, { a: { x: 1, y: 2 } })).toEqual(journey);
});

test('tidying up twice is tidying up once', () => {
  fc.assert(fc.property(journeys, (journey) => {
    const tidy = tidyUp(journey);
    expect(isPlaced(tidy)).toBe(true);
    expect(tidyUp(tidy)).toBe(tidy);
  }), LAYOUTS);
});
