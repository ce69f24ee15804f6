// Journeys by chance: cycles, self-loops, nodes nobody leads to, keys that are words of JavaScript.
import fc from 'fast-check';

import type { Condition, Journey, Node, NodeKey } from '../src/generated/journey';

const awkward = ['constructor', 'valueof', 'next', 'paths', 'a', 'b-1', 'c_2'] as const;
const nodeKey: fc.Arbitrary<NodeKey> = fc.oneof(fc.constantFrom(...awkward), fc.stringMatching(/^[a-z][a-z0-9_-]{0,7}$/));
const coordinate = fc.integer({ min: -1000, max: 1000 });
const labels = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), { maxLength: 3 });

/** Any node whose ways lead to one of `keys`, or are left out, and that may mention them elsewhere. */
function nodeAmong(keys: readonly NodeKey[]): fc.Arbitrary<Node> {
  const key = fc.constantFrom(...keys);
  const way = fc.record({ next: key }, { requiredKeys: [] });
  const leaf: fc.Arbitrary<Condition> = fc.oneof(
    key.map((message) => ({ message, op: 'clicked' as const })),
    key.map((name) => ({ context: `${name}.field`, op: 'exists' as const })),
    fc.constant({ attribute: 'plan', op: 'exists' as const }),
  );
  const when: fc.Arbitrary<Condition> = fc.oneof(leaf, leaf.map((one) => ({ all: [{ none: [one] }, { any: [one] }] })));
  const listed = <Extra extends object>(extra: fc.Arbitrary<Extra>) =>
    fc.tuple(labels, fc.array(fc.tuple(extra, way), { minLength: 3, maxLength: 3 })).map(([names, parts]) => names.map((label, place) => ({ label, ...parts[place]![0], ...parts[place]![1] })));
  const trouble = fc.oneof(fc.constantFrom('continue' as const, 'exit' as const), way);
  const hole = key.map((name) => ({ deep: [{ $: `context.${name}.field`, or: null }] }));
  const optional = { requiredKeys: ['kind'] as ['kind'] };
  const simple: fc.Arbitrary<Node> = fc.oneof(
    fc.constant({ kind: 'tag' as const, add: ['x'] }),
    fc.constant({ kind: 'throttle' as const, at_most: 9 }),
    fc.constant({ kind: 'goal' as const, goal: 'g' }),
    fc.constant({ kind: 'wait' as const, for: 'P1D' }),
    key.map((confirmed_by) => ({ kind: 'consent' as const, topic: 't', channel: 'email' as const, choice: 'subscribed' as const, confirmed_by })),
    hole.map((answer) => ({ kind: 'update_contact' as const, set: { answer } })),
    hole.map((entry_key) => ({ kind: 'stop_journey' as const, journey: 'j', entry_key })),
  );
  return fc.oneof(
    fc.tuple(simple, way).map(([node, out]) => ({ ...node, ...out })),
    fc.tuple(way, trouble, trouble, hole).map(([out, on_skip, on_error, data]) => ({ kind: 'send_email' as const, template: 't', topic: 'n', data: { data }, ...out, on_skip, on_error })),
    fc.tuple(way, trouble, trouble, hole).map(([out, on_skip, on_error, data]) => ({ kind: 'send_first' as const, tries: [{ channel: 'sms' as const, template: 's' }, { channel: 'email' as const, template: 't', data: { data } }], topic: 'n', ...out, on_skip, on_error })),
    // A body may hold a `next` and a `message` of its own, which name no node.
    fc.tuple(way, trouble, key).map(([out, on_error, name]) => ({ kind: 'webhook' as const, endpoint: 'shop', body: { next: name, message: name, paths: [{ next: name }] }, ...out, on_error })),
    fc.tuple(way, way).map(([out, on_missing]) => ({ kind: 'wait' as const, until: { attribute: 'born_on' }, ...out, on_missing })),
    fc.record({ kind: fc.constant('branch' as const), paths: listed(when.map((asked) => ({ when: asked }))), otherwise: way }, optional),
    fc.record({ kind: fc.constant('split' as const), paths: listed(fc.constant({ weight: 50 })) }, optional),
    fc.record({
      kind: fc.constant('wait_for' as const),
      paths: listed(fc.oneof(fc.constant({ event: 'E' }), when.map((asked) => ({ when: asked })))),
      timeout: way.map((out) => ({ after: 'P1D', ...out })),
    }, optional),
    fc.tuple(listed(fc.constant({})), way).map(([paths, out]) => ({ kind: 'ask' as const, to: 'owner', text: 'Well?', paths, due: { after: 'P1D', ...out } })),
    fc.tuple(way, fc.option(way, { nil: undefined })).map(([out, otherwise]) => ({ kind: 'go_to' as const, ...(otherwise ? { at_most: 2, otherwise } : {}), ...out })),
    fc.constant({ kind: 'leave' as const, reason: 'done' }),
  );
}

type Placing = 'nowhere' | 'some' | 'all';

/** Any journey whose ways lead to nodes that exist. */
export const journeys: fc.Arbitrary<Journey> = fc
  .tuple(fc.uniqueArray(nodeKey, { minLength: 1, maxLength: 12 }), fc.constantFrom<Placing>('nowhere', 'some', 'all'))
  .chain(([keys, placing]) => fc.tuple(
    fc.tuple(...keys.map((key) => nodeAmong(keys).map((node) => [key, node] as const))),
    fc.constantFrom(...keys),
    fc.tuple(...keys.map((key) => fc.record({ x: coordinate, y: coordinate }).map((place) => [key, place] as const))),
    fc.constant(placing),
    fc.constantFrom(...keys),
  ))
  .map(([nodes, start, places, placing, mentioned]) => ({
    format: 1 as const,
    key: 'j',
    name: 'J',
    trigger: { kind: 'manual' as const },
    exits: [{ when: { none: [{ message: mentioned, op: 'opened' as const }] } }],
    start,
    nodes: Object.fromEntries(nodes),
    ...(placing === 'nowhere' ? {} : { layout: Object.fromEntries(placing === 'all' ? places : places.slice(1)) }),
  }));

/** A whole number to choose with from a list of unknown length. */
export const dice = fc.nat();
export const pick = <Item>(items: readonly Item[], number: number): Item => items[number % items.length]!;

const files = import.meta.glob<string>('../../examples/journeys/*.json', { query: '?raw', import: 'default', eager: true });

/** The journeys that come with the product, as texts by file name. */
export const examples = Object.entries(files).filter(([name]) => !/(catalogue|\.test)\.json$/.test(name));
