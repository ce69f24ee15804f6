// What two documents of a journey say differently, node by node, way by way and part by part.
import { isSame } from '../drafts/same';
import type { Journey, Node, NodeKey, Position } from '../generated/journey';
import { readPlaces } from '../graph/edit/places';
import { HEIGHT, type Line, listLines, WIDTH } from '../graph/flow';
import { listNodes } from '../graph/paths';

export type Difference = 'added' | 'removed' | 'changed';
/** A setting of a node: what it was and is; undefined: it is not there. */
export type Setting = { readonly name: string; readonly before: unknown; readonly after: unknown };
export type Differences = {
  /** From the first document to the second. */
  readonly nodes: ReadonlyMap<NodeKey, Difference>;
  /** Of each node that changed, what of it. */
  readonly settings: ReadonlyMap<NodeKey, readonly Setting[]>;
  /** Ways of the second document that did not lead there before. */
  readonly addedLines: readonly Line[];
  /** Ways of the first one that lead there no more. */
  readonly removedLines: readonly Line[];
  /** Parts of the document besides its nodes and its layout. */
  readonly parts: readonly string[];
  /** Only drawn elsewhere. */
  readonly isMoved: boolean;
};

const APART = new Set(['nodes', 'layout']);

export function compare(from: Journey, to: Journey): Differences {
  const before = new Map(listNodes(from));
  const after = new Map(listNodes(to));
  const nodes = new Map<NodeKey, Difference>();
  const settings = new Map<NodeKey, readonly Setting[]>();
  for (const [key, node] of after) {
    const known = before.get(key);
    if (!known) nodes.set(key, 'added');
    else if (!isSame(known, node)) {
      nodes.set(key, 'changed');
      settings.set(key, compareNodes(known, node));
    }
  }
  for (const key of before.keys()) if (!after.has(key)) nodes.set(key, 'removed');
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((name) => !APART.has(name));
  const isKnown = (lines: readonly Line[], { id, to: target }: Line) => lines.some((one) => one.id === id && one.to === target);
  const [linesBefore, linesAfter] = [listLines(from), listLines(to)];
  return {
    nodes,
    settings,
    addedLines: linesAfter.filter((line) => !isKnown(linesBefore, line)),
    removedLines: linesBefore.filter((line) => !isKnown(linesAfter, line)),
    parts: names.filter((name) => !isSame(read(from, name), read(to, name))),
    isMoved: !isSame(from.layout ?? {}, to.layout ?? {}),
  };
}

export function isEqual({ nodes, parts, isMoved }: Differences): boolean {
  return nodes.size === 0 && parts.length === 0 && !isMoved;
}

/** One document to draw both by: the second, with what it lacks of the first near where that stood. Ways that were removed are drawn besides. */
export function overlap(from: Journey, to: Journey): Journey {
  const lacking = listNodes(from).filter(([key]) => !Object.hasOwn(to.nodes ?? {}, key));
  if (lacking.length === 0) return to;
  const stood = new Map(Object.entries(readPlaces(from)));
  const places = new Map(Object.entries(readPlaces(to)));
  const lines = listLines(from);
  for (const [key] of lacking) {
    const place = stood.get(key) ?? { x: 0, y: 0 };
    const before = lines.find((line) => line.to === key && places.has(line.from))?.from ?? '';
    const [then, now] = [stood.get(before), places.get(before)];
    places.set(key, findRoom([...places.values()], then && now ? { x: now.x + place.x - then.x, y: now.y + place.y - then.y } : place));
  }
  return { ...to, nodes: { ...to.nodes, ...Object.fromEntries(lacking) }, layout: Object.fromEntries(places) };
}

const ASIDE = WIDTH + 56;

/** The place, or the next one to its right where no card stands. */
function findRoom(taken: readonly Position[], { x, y }: Position): Position {
  const isTaken = taken.some((other) => Math.abs(other.x - x) < WIDTH + 16 && Math.abs(other.y - y) < HEIGHT + 16);
  return isTaken ? findRoom(taken, { x: x + ASIDE, y }) : { x, y };
}

function compareNodes(before: Node, after: Node): readonly Setting[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.map((name) => ({ name, before: read(before, name), after: read(after, name) })).filter((one) => !isSame(one.before, one.after));
}

function read(whole: object, name: string): unknown {
  return (whole as Readonly<Record<string, unknown>>)[name];
}
