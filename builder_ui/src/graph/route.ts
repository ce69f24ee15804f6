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
/** Between a line and a card that it passes. */
const BESIDE = 20;
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
  let best: Tried = { cost: Infinity, corners: lay(from, to, to.x, below, above) };
  for (const down of belows) for (const up of aboves) best = tryLanes(from, to, cards, down, up, best);
  return { from, to, corners: best.corners };
}

type Tried = { readonly cost: number; readonly corners: readonly Spot[] };

/** The cheapest way by one of the lanes that no card stands in, if it is cheaper than the best so far. */
function tryLanes(from: Spot, to: Spot, cards: readonly Card[], below: number, above: number, best: Tried): Tried {
  const top = Math.min(below, above);
  const bottom = Math.max(below, above);
  const near = cards.filter(({ y, height }) => y < bottom + 5 && y + height > top - 5);
  const isFree = (lane: number) => near.every((card) =>
    !isCut(card, lane, lane, top, bottom) && !isCut(card, from.x, lane, below, below) && !isCut(card, lane, to.x, above, above));
  const lanes = new Set([to.x, from.x, ...near.flatMap(({ x, width }) => [x - BESIDE, x + width + BESIDE])]);
  const tried = [...lanes].map((lane) => {
    const corners = lay(from, to, lane, below, above);
    return { lane, corners, cost: Math.abs(from.x - lane) + Math.abs(lane - to.x) + CORNER * corners.length };
  });
  const cheaper = tried.filter(({ cost }) => cost < best.cost).sort((one, other) => one.cost - other.cost).slice(0, TRIES);
  return cheaper.find(({ lane }) => isFree(lane)) ?? best;
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
