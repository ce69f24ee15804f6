// The stored document as a drawing. A view: nothing of it needs to be kept, and the document is not touched.
import { Graph, layout } from '@dagrejs/dagre';

import type { Journey, Node, Position } from '../generated/journey';
import { listNodes, pathsOf, type Place, TRIGGER } from './paths';

export const WIDTH = 264;
export const HEIGHT = 104;
/** Between a card and the one below it: room for a label, a plus, a bend and an arrow. */
export const GAP = 96;
/** Between the trigger and the first node, where the document places its nodes. */
const ABOVE = 64;
/** An end is drawn where a way leads nowhere: the enrollment completes. */
export const END = '(end)';

export type Step = { readonly id: string; readonly node: Node | null; readonly x: number; readonly y: number };
export type Line = { readonly id: string; readonly from: string; readonly at: Place; readonly to: string; readonly label: string };
export type Drawing = { readonly steps: readonly Step[]; readonly lines: readonly Line[] };

/** Lines of a journey: from the trigger to the start, and every way out of every node. */
export function listLines(journey: Journey): readonly Line[] {
  const lines: Line[] = journey.start ? [{ id: TRIGGER, from: TRIGGER, at: [], to: journey.start, label: '' }] : [];
  for (const [key, node] of listNodes(journey)) {
    for (const path of pathsOf(node)) {
      if (path.next !== null) lines.push({ id: [key, ...path.at].join('/'), from: key, at: path.at, to: path.next, label: path.label });
    }
  }
  return lines;
}

/** Where everything is drawn: as the document says if it places every node, else laid out top to bottom. */
export function draw(journey: Journey): Drawing {
  const nodes = listNodes(journey).map(([id, node]) => ({ id, node }));
  const lines = listDrawn(journey);
  const place = placeAsWritten(journey) ?? placeByLines(lines, nodes.map(({ id }) => id));
  return { steps: [{ id: TRIGGER, node: null, ...place(TRIGGER) }, ...nodes.map(({ id, node }) => ({ id, node, ...place(id) }))], lines };
}

/** Where every node stands if it is laid out anew, top to bottom, whatever the document says. */
export function arrange(journey: Journey): Readonly<Record<string, Position>> {
  const keys = listNodes(journey).map(([key]) => key);
  const place = placeByLines(listDrawn(journey), keys);
  return Object.fromEntries(keys.map((key) => [key, round(place(key))]));
}

/** Whether the document places every node itself. */
export function isPlaced({ layout, nodes }: Journey): boolean {
  return Object.keys(nodes ?? {}).every((key) => layout !== undefined && Object.hasOwn(layout, key));
}

/** Documents are read by people: no fractions of a pixel. */
export function round({ x, y }: Position): Position {
  return { x: Math.round(x), y: Math.round(y) };
}

/** A way to a node that does not exist is no line. */
function listDrawn(journey: Journey): readonly Line[] {
  return listLines(journey).filter(({ to }) => journey.nodes !== undefined && Object.hasOwn(journey.nodes, to));
}

type Placing = (id: string) => { readonly x: number; readonly y: number };

/** The places written in the document, with the trigger above the start; null if a node has none. */
function placeAsWritten(journey: Journey): Placing | null {
  if (!isPlaced(journey)) return null;
  const { layout: places, start } = journey;
  const written = new Map(Object.entries(places ?? {}));
  const first = written.get(start ?? '') ?? { x: 0, y: 0 };
  const top = Math.min(first.y, ...[...written.values()].map(({ y }) => y));
  const trigger = { x: first.x, y: top - HEIGHT - ABOVE };
  return (id) => written.get(id) ?? trigger;
}

/** Laying out takes long, and most edits move nothing: the last results are kept, by what they were made of. */
const laidOut = new Map<string, ReadonlyMap<string, Position>>();
const KEPT = 8;

function placeByLines(lines: readonly Line[], keys: readonly string[]): Placing {
  const made = [keys.join(), ...lines.map(({ id, from, to }) => `${id}>${from}>${to}`)].join('|');
  const places = laidOut.get(made) ?? layOut(lines, keys);
  laidOut.delete(made);
  laidOut.set(made, places);
  const [oldest] = laidOut.keys();
  if (laidOut.size > KEPT && oldest !== undefined) laidOut.delete(oldest);
  return (id) => places.get(id) ?? { x: 0, y: 0 };
}

function layOut(lines: readonly Line[], keys: readonly string[]): ReadonlyMap<string, Position> {
  const ids = [TRIGGER, ...keys];
  const graph = new Graph();
  graph.setGraph({ rankdir: 'TB', nodesep: 48, ranksep: GAP });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of ids) graph.setNode(plain(id), { width: WIDTH, height: HEIGHT });
  // The way straight on stays straight; those for when something goes wrong give way.
  for (const { from, to, at } of lines) graph.setEdge(plain(from), plain(to), { weight: at.length === 0 ? 3 : 1 });
  layout(graph, { constraints: listSides(lines) });
  return new Map(ids.map((id) => {
    const { x, y } = graph.node(plain(id)) as Position;
    return [id, { x: x - WIDTH / 2, y: y - HEIGHT / 2 }];
  }));
}

/** What stands left of what: where the ways of a node lead, in their order. By the order of a walk, so that there is no circle. */
function listSides(lines: readonly Line[]): { left: string; right: string }[] {
  const exits = new Map<string, string[]>();
  for (const { from, to } of lines) exits.set(from, [...(exits.get(from) ?? []), to]);
  const found = new Map([[TRIGGER, 0]]);
  for (const [id] of found) for (const to of exits.get(id) ?? []) if (!found.has(to)) found.set(to, found.size);
  return [...exits.values()].flatMap((targets) => targets.slice(1).flatMap((right, place) => {
    const left = targets[place]!;
    return (found.get(left) ?? 0) < (found.get(right) ?? 0) ? [{ left: plain(left), right: plain(right) }] : [];
  }));
}

/** Dagre keeps names in plain objects, where it finds `constructor` before anybody has put it there. */
function plain(id: string): string {
  return `=${id}`;
}
