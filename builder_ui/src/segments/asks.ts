import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';

import { answer, api, PAGED } from '../api/client';
import type { Answered } from '../api/types';
import type { Condition } from '../generated/journey';

export type Segment = Omit<Answered<'/api/v1/segments/{key}'>, 'condition'> & { readonly condition: Condition };

/** How often it is asked whether everybody has been found, in milliseconds. */
const FINDING = 2000;

export const askSegments = () =>
  queryOptions({ queryKey: ['segments'], queryFn: async () => (await answer(api.GET('/api/v1/segments'))).items as unknown as readonly Segment[], refetchInterval: 10_000 });
export const askSegment = (key: string) =>
  queryOptions({
    queryKey: ['segment', key],
    queryFn: async () => (await answer(api.GET('/api/v1/segments/{key}', { params: { path: { key } } }))) as unknown as Segment,
    refetchInterval: ({ state }) => (state.data?.refreshed_at === null ? FINDING : 10_000),
  });
/** Who is in it, as of when everybody was last asked. */
export const askMembers = (key: string, refreshed: string | null) =>
  infiniteQueryOptions({
    queryKey: ['members', key, refreshed],
    placeholderData: keepPreviousData,
    queryFn: ({ pageParam: before }) => answer(api.GET('/api/v1/segments/{key}/members', { params: { path: { key }, query: { before } } })),
    ...PAGED,
  });
export const saveSegment = async (key: string, name: string, condition: Condition, revision: number) =>
  (await answer(api.PUT('/api/v1/segments/{key}', { params: { path: { key } }, body: { name, condition: { ...condition }, revision } }))) as unknown as Segment;

/** How a segment grew, day by day. */
export const askGrowth = (key: string, days: number) =>
  queryOptions({ queryKey: ['growth', key, days], queryFn: () => answer(api.GET('/api/v1/segments/{key}/growth', { params: { path: { key }, query: { days } } })), refetchInterval: 30_000, placeholderData: (before) => before });
