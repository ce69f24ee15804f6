// What is chosen for the people inside, before it is sent: pure.
import type { Journey, NodeKey } from '../generated/journey';
import { listNodes } from '../graph/paths';
import type { Moves, Place, Planned } from './asks';

export type Choices = {
  readonly moves: boolean;
  readonly targets: Moves;
  readonly perMinute: number;
  readonly backfill: 'none' | 'now' | 'by_age';
  readonly since: string;
  readonly backfillPerMinute: number | null;
};

export const FIRST: Choices = { moves: false, targets: {}, perMinute: 500, backfill: 'none', since: '', backfillPerMinute: null };

/** What publishing is told, of what was chosen. */
export function writePublish(choices: Choices, moves: Readonly<Record<string, { to: string }>>) {
  const { backfill, since, backfillPerMinute, perMinute } = choices;
  return {
    per_minute: perMinute,
    moves: choices.moves ? { ...moves } : {},
    ...(choices.moves ? { migrate: 'all' as const } : {}),
    ...(backfill === 'none' ? {} : { backfill: { mode: backfill, ...(since ? { since: new Date(since).toISOString() } : {}), ...(backfillPerMinute === null ? {} : { per_minute: backfillPerMinute }) } }),
  };
}

/** Whether nothing stands in the way of publishing with these choices. */
export function mayPublish(planned: Planned | undefined, choices: Choices): boolean {
  return planned !== undefined && planned.is_new && (!choices.moves || planned.is_mapped);
}

/** The places for which somebody has to choose, or has chosen: the others are clear. */
export function needsChoice(place: Place, targets: Moves): boolean {
  return place.fate === 'unmapped' || Object.hasOwn(targets, place.node);
}

/** Where people at a place may be sent. */
export function listTargets(document: Journey): readonly NodeKey[] {
  return listNodes(document).map(([key]) => key);
}

/** The choices with another one for a node; an empty one is none. */
export function putTarget(targets: Moves, node: string, to: string): Moves {
  const { [node]: _before, ...rest } = targets;
  return to === '' ? rest : { ...rest, [node]: to };
}

/** How many people have no fate yet, and how many have one. */
export function sumUp(places: readonly Place[]): { readonly unmapped: number; readonly mapped: number } {
  const count = (isMapped: boolean) => places.reduce((sum, { fate, people }) => sum + ((fate !== 'unmapped') === isMapped ? people : 0), 0);
  return { unmapped: count(false), mapped: count(true) };
}
