// Where nodes are drawn. A document that places not every node is laid out whole, so who places one places all.
import type { Journey, NodeKey, Position } from '../../generated/journey';
import { arrange, draw, GAP, HEIGHT, isPlaced, round, WIDTH } from '../flow';
import { TRIGGER, type WayOut } from '../paths';
import { mapFields, put } from './sharing';
import { readWay } from './ways';

/** From a card to the one below it. */
const BELOW = HEIGHT + GAP;

/** Draw nodes elsewhere; those without a new place stay where they are drawn now, or were before an edit. */
export function moveNodes(journey: Journey, places: Readonly<Record<NodeKey, Position>>, before: Journey = journey): Journey {
  const drawn = isPlaced(before) ? (before.layout ?? {}) : readPlaces(before);
  const layout = Object.entries(places).reduce((moved, [key, place]) => {
    const { x, y } = round(place);
    return drawn[key]?.x === x && drawn[key].y === y ? moved : { ...moved, [key]: { x, y } };
  }, drawn);
  return put(journey, 'layout', layout);
}

/** Lay everything out anew, top to bottom. */
export function tidyUp(journey: Journey): Journey {
  const layout = arrange(journey);
  return JSON.stringify(layout) === JSON.stringify(journey.layout) ? journey : { ...journey, layout };
}

/** The journey with a place for a node put on a way: where the next one stood, or below the one before. */
export function makeRoom(before: Journey, after: Journey, key: NodeKey, way: WayOut): Journey {
  const layout = before.layout ?? {};
  if (!isPlaced(before) || Object.keys(layout).length === 0) return after;
  const upper = draw(before).steps.find(({ id }) => id === way.node) ?? { x: 0, y: 0 };
  const lower = new Map(Object.entries(layout)).get(readWay(before, way) ?? '');
  if (lower && lower.y > upper.y) return { ...after, layout: { ...moveDown(layout, lower.y, BELOW), [key]: lower } };
  const place = round({ x: upper.x, y: upper.y + BELOW });
  const isTaken = Object.values(layout).some(({ x, y }) => Math.abs(x - place.x) < WIDTH && Math.abs(y - place.y) < HEIGHT);
  return { ...after, layout: { ...(isTaken ? moveDown(layout, place.y - HEIGHT, HEIGHT + BELOW) : layout), [key]: place } };
}

function moveDown(layout: Readonly<Record<NodeKey, Position>>, from: number, by: number): Readonly<Record<NodeKey, Position>> {
  return mapFields(layout, (place) => (place.y >= from ? { ...place, y: place.y + by } : place));
}

/** Where copies are drawn: beside the originals, or with the first of them at a given place. */
export function shift(places: Readonly<Record<NodeKey, Position>>, to?: Position): Readonly<Record<NodeKey, Position>> {
  const all = Object.values(places);
  const left = Math.min(...all.map(({ x }) => x));
  const top = Math.min(...all.map(({ y }) => y));
  const by = to ? { x: to.x - left, y: to.y - top } : BESIDE;
  return mapFields(places, ({ x, y }) => ({ x: x + by.x, y: y + by.y }));
}

const BESIDE = { x: 40, y: 40 };

/** Where the nodes are drawn now, written or not. */
export function readPlaces(journey: Journey): Readonly<Record<NodeKey, Position>> {
  return Object.fromEntries(draw(journey).steps.filter(({ id }) => id !== TRIGGER).map(({ id, x, y }) => [id, round({ x, y })]));
}

/** Whether something said from outside places nodes. */
export function arePlaces(said: unknown): boolean {
  return typeof said === 'object' && said !== null && Object.values(said).every((place: unknown) => typeof place === 'object' && place !== null && 'x' in place && 'y' in place && Number.isFinite(place.x) && Number.isFinite(place.y));
}
