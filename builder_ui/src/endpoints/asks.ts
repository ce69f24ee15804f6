import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { answer, api, LIVE, PAGED } from '../api/client';
import type { Answered } from '../api/types';

export type CallItem = Answered<'/api/v1/endpoints/{key}/calls'>['items'][number];
export type CallShown = Omit<Answered<'/api/v1/endpoints/{key}/calls/{id_}'>, 'headers'> & { readonly headers: readonly (readonly string[])[] };
export type Fate = 'all' | 'failed' | 'succeeded';

export const askCalls = (key: string, fate: Fate) =>
  infiniteQueryOptions({
    queryKey: ['endpoint-calls', key, fate],
    queryFn: ({ pageParam: before, signal }) => answer(api.GET('/api/v1/endpoints/{key}/calls', { params: { path: { key }, query: { before, ...(fate === 'all' ? {} : { fate }) } }, signal })),
    refetchInterval: 2 * LIVE,
    placeholderData: (before) => before,
    ...PAGED,
  });

export const askCall = (key: string, id: number) =>
  queryOptions({ queryKey: ['endpoint-call', key, id], queryFn: () => answer(api.GET('/api/v1/endpoints/{key}/calls/{id_}', { params: { path: { key, id_: id } } })) });

export const replayOne = (key: string, message: string) => answer(api.POST('/api/v1/endpoints/{key}/replay', { params: { path: { key } }, body: { message } }));

/** Puts every failed call since a time back, some hundred at a time, telling how many so far. */
export async function replaySince(key: string, since: string, tell: (count: number) => void): Promise<number> {
  let count = 0;
  for (;;) {
    const { replayed, is_more } = await answer(api.POST('/api/v1/endpoints/{key}/replay', { params: { path: { key } }, body: { since } }));
    count += replayed;
    tell(count);
    if (!is_more || replayed === 0) return count;
  }
}
