// Where ways begin and end on cards, and the routes of their lines: the same on every canvas.
import { type NodeHandle, Position as Side } from '@xyflow/react';

import type { Node } from '../generated/journey';
import { type Drawing, HEIGHT, WIDTH } from '../graph/flow';
import { type Path, pathsOf, type Place, TRIGGER } from '../graph/paths';
import { OUT, type Route, route, type Spot } from '../graph/route';

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

export type Routed = { readonly drawing: Drawing; readonly depths: ReadonlyMap<string, number>; readonly routes: ReadonlyMap<string, Route> };

/** The routes of all lines of a drawing, by their ids. */
export function routeLines(drawing: Drawing): ReadonlyMap<string, Route> {
  return routeAnew(drawing, null).routes;
}

/** The routes after an edit: those near which nothing changed stay the same. */
export function routeAnew({ steps, lines }: Drawing, before: Routed | null): Routed {
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
  const depths = new Map([...bundles.values()].flatMap((bundle) => [...layDepths(bundle)]));
  const changed = before ? listChanged(before.drawing, drawn) : [];
  const routes = new Map([...bundles.values()].flat().map(({ id, begin, end }) => {
    const known = before?.routes.get(id);
    const stays = known && before && isSpot(known.from, begin) && isSpot(known.to, end) && before.depths.get(id) === depths.get(id) && !isNearAny(known, changed);
    return [id, stays ? known : route(begin, end, cards, depths.get(id) ?? OUT)] as const;
  }));
  return { drawing: { steps, lines }, depths, routes };
}

/** Where cards came, went or were. */
function listChanged({ steps }: Drawing, drawn: ReadonlyMap<string, Spot>): readonly Spot[] {
  const had = new Map<string, Spot>(steps.map((step) => [step.id, step]));
  const gone = steps.filter((step) => !isSpot(step, drawn.get(step.id)));
  const come = [...drawn].filter(([id, step]) => !isSpot(step, had.get(id))).map(([, step]) => step);
  return [...gone, ...come];
}

/** A route is looked at anew if a card changed so near it, in pixels. */
const NEAR = 48;

function isNearAny({ corners }: Route, places: readonly Spot[]): boolean {
  const xs = corners.map(({ x }) => x);
  const ys = corners.map(({ y }) => y);
  const [left, right, top, bottom] = [Math.min(...xs) - NEAR, Math.max(...xs) + NEAR, Math.min(...ys) - NEAR, Math.max(...ys) + NEAR];
  return places.some(({ x, y }) => x < right && x + WIDTH > left && y < bottom && y + HEIGHT > top);
}

function isSpot(one: Spot, other: Spot | undefined): boolean {
  return other !== undefined && one.x === other.x && one.y === other.y;
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
