// Where a new node goes, and which kinds there are to add.
import { type Icon, IconClockHeart } from '@tabler/icons-react';

import type { Journey, Node, NodeKey } from '../generated/journey';
import { keyForKind } from '../graph/edit/keys';
import { type EditStep, steps } from '../graph/edit/steps';
import { findNode, listNodes, pathsOf, TRIGGER, type WayOut } from '../graph/paths';
import { readWay } from '../graph/edit/ways';
import { describeKind } from '../nodes/registry';
import type { Kind } from '../nodes/types';
import { BEST_HOUR } from '../nodes/wait/bestHour';
import { says } from './words';

export type Point = { readonly x: number; readonly y: number };
/** On a way, at a point of the canvas, or (null) wherever it fits. */
export type Target = { readonly way: WayOut; readonly at?: Point } | { readonly at: Point } | null;

/** What can be added: any kind, or a wait that is set to the best hour from the start. */
export type Offer = Kind | 'best_hour';

/** The offers by what they are for, in the order in which people look for them. */
export const SHELVES = {
  messages: ['send_email', 'send_sms', 'send_push', 'send_first', 'webhook', 'notify', 'ask'],
  flow: ['wait', 'best_hour', 'wait_for', 'branch', 'split', 'throttle', 'go_to'],
  contact: ['update_contact', 'tag', 'score', 'consent', 'emit_event'],
  end: ['start_journey', 'stop_journey', 'goal', 'leave'],
} as const satisfies Readonly<Record<string, readonly Offer[]>>;
export type Shelf = keyof typeof SHELVES;

/** What is known of an offer before there is a node of it. */
export function describeOffer(offer: Offer): { readonly kind: Kind; readonly name: string; readonly also?: string; readonly color: string; readonly icon: Icon; readonly blank: (key: NodeKey) => Node } {
  if (offer !== 'best_hour') return { kind: offer, ...describeKind(offer) };
  const { name, color } = describeKind('wait');
  return { kind: 'wait', name: says.bestHour, color, icon: IconClockHeart, also: name, blank: () => ({ kind: 'wait', until: BEST_HOUR }) };
}

export const isOffer = (text: string): text is Offer => Object.values(SHELVES).some((shelf) => (shelf as readonly string[]).includes(text));

/** The offers of which the name or the description has all words typed, by shelf. */
export function findKinds(typed: string): readonly (readonly [Shelf, readonly Offer[]])[] {
  const asked = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (offer: Offer) => {
    const { name, also = '' } = describeOffer(offer);
    const text = `${name} ${offer} ${also}`.toLowerCase().replaceAll('_', ' ');
    return asked.every((word) => text.includes(word));
  };
  return (Object.keys(SHELVES) as Shelf[]).map((shelf) => [shelf, SHELVES[shelf].filter(fits)] as const).filter(([, kinds]) => kinds.length > 0);
}

/** The way out that a node added after this one is put on: its first open one, else its first; null: it has none. */
export function wayAfter(journey: Journey, after: string | null): WayOut | null {
  if (after === TRIGGER) return { node: TRIGGER, at: [] };
  const node = after === null ? undefined : findNode(journey, after);
  if (after === null || !node) return null;
  const paths = pathsOf(node);
  const path = paths.find(({ next }) => next === null) ?? paths[0];
  return path ? { node: after, at: path.at } : null;
}

/** Where the journey goes on if nothing says where: its last open way, as people draw from top to bottom. */
export function openEnd(journey: Journey): WayOut | null {
  const nodes = listNodes(journey);
  if (nodes.length === 0) return { node: TRIGGER, at: [] };
  for (const [key, node] of [...nodes].reverse()) {
    const path = pathsOf(node).find(({ next }) => next === null);
    if (path) return { node: key, at: path.at };
  }
  return null;
}

/** The step that adds what is offered, and the new node's key. */
export function addStep(journey: Journey, offer: Offer, target: Target): { readonly step: EditStep; readonly key: NodeKey } {
  const { kind, blank } = describeOffer(offer);
  const key = keyForKind(journey, kind);
  const node = blank(key);
  const way = target && 'way' in target ? target.way : target === null ? openEnd(journey) : null;
  const at = target?.at;
  if (way === null) return { key, step: steps.add(key, node, at) };
  const inserted = steps.insert(way, key, node);
  if (at === undefined || readWay(journey, way) !== null) return { key, step: inserted };
  return { key, step: { ...inserted, change: (before) => steps.move({ [key]: at }).change(inserted.change(before)) } };
}
