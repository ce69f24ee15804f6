// Where ways begin and end on cards, and the routes of their lines: the same on every canvas.
import { type NodeHandle, Position as Side } from '@xyflow/react';

import type { Node } from '../generated/journey';
import { type Drawing, HEIGHT, WIDTH } from '../graph/flow';
import { type Corner, type Path, pathsOf, type Place, TRIGGER } from '../graph/paths';
import { OUT, type Route, route, type Spot } from '../graph/route';
import { words } from '../words/language';

const says = words<Readonly<Record<Corner, string>>>({
  en: { timeout: 'timeout', due: 'no answer', otherwise: 'otherwise', on_error: 'error', on_skip: 'skipped', on_missing: 'no such date' },
  de: { timeout: 'Zeit um', due: 'keine Antwort', otherwise: 'sonst', on_error: 'Fehler', on_skip: 'übersprungen', on_missing: 'kein Datum' },
});
/** An arrow ends so far above its card. */
const TIP = 5;
const START: Path = { label: 'next', next: null, at: [] };

/** The name of the handle of a way out. */
export function nameHandle(at: Place): string {
  return at.length === 0 ? 'next' : at.join('/');
}

/** The place that a handle's name says. */
export function readHandle(name: string | null | undefined): Place {
  if (!name || name === 'next') return [];
  const [corner, item] = name.split('/');
  return item === undefined ? ([corner] as unknown as Place) : ['paths', Number(item)];
}

/** What is written on a way: its own label, or what its corner is called; the way straight on needs no words. */
export function sayWay(at: Place, label: string): string {
  const [corner] = at;
  if (corner === undefined) return '';
  return corner === 'paths' ? label : says[corner];
}

/** The ways out of a card, the trigger's own one too. */
export function waysOf(node: Node | null, start: string | null): readonly Path[] {
  return node === null ? [{ ...START, next: start }] : pathsOf(node);
}

/** Where on the lower edge of a card a way begins, in pixels from its left. */
export function handleX(place: number, count: number): number {
  return Math.round(((place + 1) * WIDTH) / (count + 1));
}

/** Where the handles are, so that no card needs to be measured. */
export function listHandles(id: string, ways: readonly Path[]): NodeHandle[] {
  const sources = ways.map(({ at }, place): NodeHandle => ({ id: nameHandle(at), type: 'source', position: Side.Bottom, x: handleX(place, ways.length), y: HEIGHT, width: 1, height: 1 }));
  return id === TRIGGER ? sources : [{ id: 'in', type: 'target', position: Side.Top, x: WIDTH / 2, y: 0, width: 1, height: 1 }, ...sources];
}

/** The handle that a line begins at: that of its way, or the first if its card has it no more. */
export function findHandle(node: Node | null, at: Place): string {
  const names = waysOf(node, null).map((way) => nameHandle(way.at));
  return names.includes(nameHandle(at)) ? nameHandle(at) : (names[0] ?? 'next');
}

/** The routes of all lines of a drawing, by their ids. */
export function routeLines({ steps, lines }: Drawing): ReadonlyMap<string, Route> {
  const cards = steps.map(({ x, y }) => ({ x, y, width: WIDTH, height: HEIGHT }));
  const drawn = new Map(steps.map((step) => [step.id, step]));
  const bundles = new Map<string, Begun[]>();
  for (const { id, from, at, to } of lines) {
    const source = drawn.get(from);
    const target = drawn.get(to);
    if (!source || !target) continue;
    const ways = waysOf(source.node, to);
    const place = Math.max(0, ways.findIndex((way) => nameHandle(way.at) === nameHandle(at)));
    const begin = { x: source.x + handleX(place, ways.length), y: source.y + HEIGHT };
    bundles.set(from, [...(bundles.get(from) ?? []), { id, begin, end: { x: target.x + WIDTH / 2, y: target.y - TIP } }]);
  }
  return new Map([...bundles.values()].flatMap((bundle) => {
    const depths = layDepths(bundle);
    return bundle.map(({ id, begin, end }) => [id, route(begin, end, cards, depths.get(id) ?? OUT)] as const);
  }));
}

type Begun = { readonly id: string; readonly begin: Spot; readonly end: Spot };
const SHALLOW = 50;
const DEEP = 65;

/** How far down each line of one card turns aside, so that none lies on another: the outermost first. */
function layDepths(bundle: readonly Begun[]): ReadonlyMap<string, number> {
  const turning = bundle.filter(({ begin, end }) => begin.x !== end.x);
  const left = turning.filter(({ begin, end }) => end.x < begin.x);
  const right = turning.filter(({ begin, end }) => end.x > begin.x);
  const ordered = [...left, ...right.toReversed()];
  if (ordered.length < 2) return new Map();
  return new Map(ordered.map(({ id }, place) => [id, SHALLOW + ((DEEP - SHALLOW) * place) / (ordered.length - 1)]));
}
