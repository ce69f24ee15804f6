// Which way a line takes between two cards: down, aside and down again, around whatever stands in between.
export type Spot = { readonly x: number; readonly y: number };
export type Card = Spot & { readonly width: number; readonly height: number };
export type Route = {
  readonly from: Spot;
  readonly to: Spot;
  /** The corners, ends included. */
  readonly corners: readonly Spot[];
};

/** So far below its card a line turns unless told otherwise: its label and its plus stand above that. */
export const OUT = 58;
/** So far above its target a line has turned: its arrow stands there. */
const IN = 26;
/** In less than this no line turns, in pixels. */
const NARROW = 12;
/** What a depth is a part of where there is little room. */
const WHOLE = 100;
/** So near its ends a line touches their cards. */
const TOUCH = 6;
/** Where there is hardly any room, a line turns as early as this. */
const EARLY = 16;
/** How near cards stand, from their middles, to be gone around; and how many edges of them are tried. */
const FAR = 320;
const EDGES = 12;
/** Between a line and a card that it passes. */
const BESIDE = 20;
/** How far aside lanes are looked for. */
const ASIDE = 2000;
/** How many lanes are tried, the nearest first. */
const TRIES = 60;
/** What a corner costs, in pixels of detour. */
const CORNER = 24;

/** The route from a point on the lower edge of one card to one on the upper edge of another. */
export function route(from: Spot, to: Spot, cards: readonly Card[], out: number = OUT): Route {
  const room = to.y - from.y;
  const isDown = room > NARROW;
  const isNarrow = isDown && room < 2 * IN;
  const below = from.y + (isNarrow ? (room * out) / WHOLE : isDown ? Math.min(out, Math.max(IN, room - IN)) : out);
  const above = isDown && room < out + IN + 16 ? below : to.y - IN;
  // Where cards stand close above each other, a line turns in the middle between them.
  const belows = [below, ...findGap(cards, from, 1).map((y) => (from.y + y) / 2)];
  const aboves = [above, ...findGap(cards, to, -1).map((y) => (to.y + y) / 2)];
  const usual = tryDepths(from, to, cards, belows, aboves);
  return { from, to, corners: usual ?? tryEdges(from, to, cards) ?? lay(from, to, to.x, below, above) };
}

type Tried = { readonly cost: number; readonly corners: readonly Spot[] };
const NONE: Tried = { cost: Infinity, corners: [] };

/** The cheapest free way that turns at one of these depths; null if there is none. */
function tryDepths(from: Spot, to: Spot, cards: readonly Card[], belows: readonly number[], aboves: readonly number[]): readonly Spot[] | null {
  let best = NONE;
  for (const down of belows) for (const up of aboves) best = tryLanes(from, to, cards, down, up, best);
  return best === NONE ? null : best.corners;
}

/** Where the usual depths are taken: turns just above or below whatever stands near the ends. */
function tryEdges(from: Spot, to: Spot, cards: readonly Card[]): readonly Spot[] | null {
  const around = ({ y }: Spot) => cards
    .filter((card) => Math.abs(card.y + card.height / 2 - y) < FAR)
    .flatMap((card) => [card.y - BESIDE, card.y + card.height + BESIDE])
    .sort((one, other) => Math.abs(one - y) - Math.abs(other - y))
    .slice(0, EDGES);
  const belows = [from.y + EARLY, ...around(from).filter((y) => y > from.y)];
  const aboves = [to.y - EARLY, ...around(to).filter((y) => y < to.y)];
  return tryDepths(from, to, cards, belows, aboves);
}

/** The cheapest way by one of the lanes that no card stands in, if it is cheaper than the best so far. */
function tryLanes(from: Spot, to: Spot, cards: readonly Card[], below: number, above: number, best: Tried): Tried {
  const top = Math.min(from.y, below, above, to.y);
  const bottom = Math.max(from.y, below, above, to.y);
  const near = cards.filter(({ x, y, width, height }) => y < bottom + 5 && y + height > top - 5 && x < Math.max(from.x, to.x) + ASIDE && x + width > Math.min(from.x, to.x) - ASIDE);
  const lanes = [to.x, from.x, ...near.flatMap(({ x, width }) => [x - BESIDE, x + width + BESIDE])];
  const sorted = [...new Set(lanes)].map((lane) => ({ lane, cost: measureLane(from, to, lane) })).sort((one, other) => one.cost - other.cost).slice(0, TRIES);
  for (const { lane, cost } of sorted) {
    if (cost >= best.cost) break;
    const corners = lay(from, to, lane, below, above);
    if (isFree(corners, near)) return { cost, corners };
  }
  return best;
}

/** How far aside a lane lies, and what its corners cost. */
function measureLane(from: Spot, to: Spot, lane: number): number {
  return Math.abs(from.x - lane) + Math.abs(lane - to.x) + (lane === from.x || lane === to.x ? 0 : 2 * CORNER);
}

/** Whether no piece goes through a card; the ends touch their own. */
function isFree(corners: readonly Spot[], cards: readonly Card[]): boolean {
  const last = corners.length - 1;
  return corners.slice(1).every((end, place) => {
    const start = corners[place]!;
    const begin = place === 0 ? start.y + TOUCH * Math.sign(end.y - start.y) : start.y;
    const stop = place + 1 === last ? end.y + TOUCH * Math.sign(start.y - end.y) : end.y;
    return cards.every((card) => !isCut(card, start.x, end.x, begin, stop));
  });
}

function lay(from: Spot, to: Spot, lane: number, below: number, above: number): readonly Spot[] {
  return straighten([from, { x: from.x, y: below }, { x: lane, y: below }, { x: lane, y: above }, { x: to.x, y: above }, to]);
}

/** Where the next card begins below a point, or ends above it, if one is so near that a line cannot turn as usual. */
function findGap(cards: readonly Card[], { x, y }: Spot, side: 1 | -1): readonly number[] {
  const edges = cards
    .filter((card) => x > card.x - BESIDE && x < card.x + card.width + BESIDE)
    .map((card) => (side === 1 ? card.y : card.y + card.height))
    .filter((edge) => side * (edge - y) > 8 && side * (edge - y) < OUT + IN);
  return edges.length === 0 ? [] : [side === 1 ? Math.min(...edges) : Math.max(...edges)];
}

/** Whether a piece of a line goes through a card, or along its very edge. */
function isCut({ x, y, width, height }: Card, x1: number, x2: number, y1: number, y2: number): boolean {
  return Math.max(x1, x2) > x - 4 && Math.min(x1, x2) < x + width + 4 && Math.max(y1, y2) > y - 4 && Math.min(y1, y2) < y + height + 4;
}

/** Without corners at which nothing turns. */
function straighten(corners: readonly Spot[]): readonly Spot[] {
  const apart = corners.filter(({ x, y }, place) => place === 0 || corners[place - 1]!.x !== x || corners[place - 1]!.y !== y);
  return apart.filter(({ x, y }, place) => {
    const before = apart[place - 1];
    const after = apart[place + 1];
    return !before || !after || !((before.x === x && x === after.x) || (before.y === y && y === after.y));
  });
}

/** The route as an SVG path with round corners. */
export function writePath(corners: readonly Spot[], radius = 10): string {
  return corners.map((here, place) => {
    const before = corners[place - 1];
    const after = corners[place + 1];
    if (!before) return `M${here.x},${here.y}`;
    if (!after) return `L${here.x},${here.y}`;
    const bend = Math.min(radius, measure(before, here) / 2, measure(here, after) / 2);
    const enter = towards(here, before, bend);
    const leave = towards(here, after, bend);
    return `L${enter.x},${enter.y}Q${here.x},${here.y} ${leave.x},${leave.y}`;
  }).join('');
}

/** The middle of the longest piece, where a word fits best. */
export function findMiddle(corners: readonly Spot[]): Spot {
  let longest = 0;
  let middle = corners[0] ?? { x: 0, y: 0 };
  for (const [place, here] of corners.entries()) {
    const after = corners[place + 1];
    if (!after || measure(here, after) <= longest) continue;
    longest = measure(here, after);
    middle = { x: (here.x + after.x) / 2, y: (here.y + after.y) / 2 };
  }
  return middle;
}

function measure(one: Spot, other: Spot): number {
  return Math.abs(one.x - other.x) + Math.abs(one.y - other.y);
}

function towards(from: Spot, to: Spot, by: number): Spot {
  return { x: from.x + Math.sign(to.x - from.x) * by, y: from.y + Math.sign(to.y - from.y) * by };
}
