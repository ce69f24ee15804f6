import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Journey } from '../src/generated/journey';
import { copyNodes, duplicateNodes, pasteNodes, readClip } from '../src/graph/edit/clipboard';
import { isPlaced } from '../src/graph/flow';
import { findNode, listNodes, pathsOf } from '../src/graph/paths';
import { dice, journeys, pick } from './arbitrary';

const shop: Journey = {
  format: 1,
  key: 'shop',
  name: 'Shop',
  trigger: { kind: 'manual' },
  start: 'mail',
  nodes: {
    mail: { kind: 'send_email', template: 't', next: 'seen' },
    seen: { kind: 'branch', paths: [{ label: 'yes', when: { message: 'mail', op: 'clicked' }, next: 'survey' }, { label: 'first', when: { message: 'hello', op: 'sent' } }], otherwise: { next: 'hello' } },
    survey: { kind: 'ask', to: 'owner', text: 'Well?', paths: [{ label: 'good', next: 'mail' }], form: [{ kind: 'text', name: 'why' }], due: { after: 'P1D', next: 'note' } },
    note: { kind: 'notify', to: 'owner', text: '{{ why }}', data: { why: { $: 'context.survey.why' } } },
    yes: { kind: 'consent', topic: 't', channel: 'email', choice: 'subscribed', confirmed_by: 'hello' },
    hello: { kind: 'send_email', template: 'h' },
  },
  layout: { mail: { x: 0, y: 0 }, seen: { x: 0, y: 200 }, survey: { x: 0, y: 400 }, note: { x: 0, y: 600 }, yes: { x: 0, y: 800 }, hello: { x: 300, y: 400 } },
};
const other: Journey = { format: 1, key: 'other', name: 'Other', trigger: { kind: 'manual' }, start: 'mail', nodes: { mail: { kind: 'leave', reason: 'r' }, hello: { kind: 'leave', reason: 'r' } } };
const copy = (...keys: string[]) => readClip(copyNodes(shop, keys))!;

describe('a copy', () => {
  it('goes to another journey with its inner ways and mentions, and without those of others', () => {
    const pasted = pasteNodes(other, copy('mail', 'seen', 'survey', 'note', 'yes'), { x: 1000, y: 50 });
    expect(pasted.nodes).toEqual({
      ...other.nodes,
      'mail-2': { kind: 'send_email', template: 't', next: 'seen' },
      seen: { kind: 'branch', paths: [{ label: 'yes', when: { message: 'mail-2', op: 'clicked' }, next: 'survey' }, { label: 'first', when: { message: '', op: 'sent' } }], otherwise: {} },
      survey: { kind: 'ask', to: 'owner', text: 'Well?', paths: [{ label: 'good', next: 'mail-2' }], form: [{ kind: 'text', name: 'why' }], due: { after: 'P1D', next: 'note' } },
      note: { kind: 'notify', to: 'owner', text: '{{ why }}', data: { why: { $: 'context.survey.why' } } },
      yes: { kind: 'consent', topic: 't', channel: 'email', choice: 'subscribed' },
    });
    expect(pasted.start).toBe('mail');
    expect(pasted.layout).toMatchObject({ 'mail-2': { x: 1000, y: 50 }, seen: { x: 1000, y: 250 } });
    expect(isPlaced(pasted)).toBe(true);
  });

  it('keeps mentions of others in its own journey, and reads the answers of its own question', () => {
    const pasted = pasteNodes(shop, copy('survey', 'note', 'yes'));
    expect(pasted.nodes?.['note-2']).toMatchObject({ data: { why: { $: 'context.survey-2.why' } } });
    expect(pasted.nodes?.['survey-2']).toMatchObject({ paths: [{ label: 'good' }], due: { next: 'note-2' } });
    expect(pasted.nodes?.['yes-2']).toEqual(shop.nodes?.['yes']);
    expect(pasted.layout?.['note-2']).toEqual({ x: 40, y: 640 });
  });

  it('begins a journey that has no start', () => {
    expect(pasteNodes({ ...other, start: null, nodes: {} }, copy('note')).start).toBe('note');
  });

  it.each([
    'text', '', '7', 'null', '[]', '{"nodes": {"a": {"kind": "wait"}}}',
    JSON.stringify({ ...copy('note'), mark: 'other' }),
    JSON.stringify({ ...copy('note'), nodes: {} }),
    JSON.stringify({ ...copy('note'), nodes: { note: { kind: 'constructor' } } }),
    JSON.stringify({ ...copy('note'), nodes: { 'No key': { kind: 'wait' } } }),
    JSON.stringify({ ...copy('note'), nodes: { note: { kind: 'branch', paths: [null] } } }),
    JSON.stringify({ ...copy('note'), nodes: { note: { kind: 'branch', paths: [{ label: 'a', when: { all: 5 } }] } } }),
    JSON.stringify({ ...copy('note'), places: {} }),
  ])('is not seen in %s', (text) => expect(readClip(text)).toBeNull());
});

describe('a duplicate', () => {
  it('leads where the original leads, and nothing old changes', () => {
    fc.assert(fc.property(journeys, dice, dice, (journey, first, second) => {
      const keys = listNodes(journey).map(([key]) => key);
      const chosen = new Set([pick(keys, first), pick(keys, second)]);
      const copied = duplicateNodes(journey, [...chosen]);
      for (const [key, node] of listNodes(journey)) expect(findNode(copied, key)).toBe(node);
      expect(copied.start).toBe(journey.start);
      expect(isPlaced(copied)).toBe(isPlaced(journey));
      const fresh = listNodes(copied).slice(keys.length);
      const originals = keys.filter((key) => chosen.has(key));
      const names = new Map(originals.map((key, place) => [key, fresh[place]![0]]));
      expect(fresh.map(([, node]) => pathsOf(node).map(({ next }) => next))).toEqual(
        originals.map((key) => pathsOf(findNode(journey, key)!).map(({ next }) => names.get(next ?? '') ?? next)));
    }));
  });
});
