import { queryOptions } from '@tanstack/react-query';

import { answer, api, Refused } from '../api/client';
import type { Answered } from '../api/types';

export type Planned = Answered<'/api/v1/journeys/{key}/plan', 'post'>;
export type Place = Planned['places'][number];
export type Estimated = Answered<'/api/v1/journeys/{key}/estimate', 'post'>;
export type Backfill = Answered<'/api/v1/journeys/{key}/backfill'>;
export type Moves = Readonly<Record<string, string>>;

/** What publishing the saved draft would do, with what has been chosen for people at nodes that are no more. */
export const askPlan = (key: string, moves: Moves) =>
  queryOptions({
    queryKey: ['plan', key, moves],
    queryFn: () => answer(api.POST('/api/v1/journeys/{key}/plan', { params: { path: { key } }, body: { moves: writeMoves(moves) } })),
    staleTime: 0,
    gcTime: 0,
    retry: false,
    placeholderData: (before: Planned | undefined) => before,
  });

export const askEstimate = (key: string) =>
  queryOptions({ queryKey: ['estimate', key], queryFn: () => answer(api.POST('/api/v1/journeys/{key}/estimate', { params: { path: { key } } })), staleTime: 0, gcTime: 0 });

/** The last backfill; null if there was none. */
export const askBackfill = (key: string) =>
  queryOptions({
    queryKey: ['backfill', key],
    queryFn: async (): Promise<Backfill | null> => {
      try {
        return await answer(api.GET('/api/v1/journeys/{key}/backfill', { params: { path: { key } } }));
      } catch (error) {
        if (error instanceof Refused && error.status === 404) return null;
        throw error;
      }
    },
    refetchInterval: ({ state }) => (state.data && state.data.done_at === null ? 1500 : false),
  });

export function writeMoves(moves: Moves): Record<string, { to: string }> {
  return Object.fromEntries(Object.entries(moves).map(([node, to]) => [node, { to }]));
}
