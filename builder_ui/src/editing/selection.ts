// What is chosen on the canvas, and where the arrow keys lead from there.
import type { Journey } from '../generated/journey';
import { draw } from '../graph/flow';
import { findNode, listNodes, pathsOf, TRIGGER } from '../graph/paths';

export type Direction = 'up' | 'down' | 'left' | 'right';

/** The one node that is chosen; null if none is, or several are. */
export function readOnly(chosen: ReadonlySet<string>): string | null {
  return chosen.size === 1 ? ([...chosen][0] ?? null) : null;
}

/** What of a choice the journey still has. */
export function keepChosen(journey: Journey, chosen: ReadonlySet<string>): ReadonlySet<string> {
  const kept = [...chosen].filter((id) => id === TRIGGER || findNode(journey, id));
  return kept.length === chosen.size ? chosen : new Set(kept);
}

/** The node that an arrow key leads to: along the ways up and down, else to the nearest drawn there; null: none. */
export function step(journey: Journey, from: string | null, direction: Direction): string | null {
  if (from === null) return TRIGGER;
  if (direction === 'down') return listNexts(journey, from)[0] ?? nearest(journey, from, direction);
  if (direction === 'up') return findBefore(journey, from) ?? nearest(journey, from, direction);
  return nearest(journey, from, direction);
}

function listNexts(journey: Journey, from: string): readonly string[] {
  if (from === TRIGGER) return journey.start && findNode(journey, journey.start) ? [journey.start] : [];
  const node = findNode(journey, from);
  return node ? pathsOf(node).flatMap(({ next }) => (next !== null && findNode(journey, next) ? [next] : [])) : [];
}

function findBefore(journey: Journey, key: string): string | null {
  if (journey.start === key) return TRIGGER;
  return listNodes(journey).find(([, node]) => pathsOf(node).some(({ next }) => next === key))?.[0] ?? null;
}

/** The nearest node in a direction; what is off to the side counts double. */
function nearest(journey: Journey, from: string, direction: Direction): string | null {
  const { steps } = draw(journey);
  const here = steps.find(({ id }) => id === from);
  if (!here) return null;
  const sign = direction === 'up' || direction === 'left' ? -1 : 1;
  const isUpright = direction === 'up' || direction === 'down';
  const ranked = steps
    .map(({ id, x, y }) => ({ id, along: sign * (isUpright ? y - here.y : x - here.x), aside: Math.abs(isUpright ? x - here.x : y - here.y) }))
    .filter(({ along }) => along > 1)
    .sort((one, other) => one.along + 2 * one.aside - (other.along + 2 * other.aside));
  return ranked[0]?.id ?? null;
}
