import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { answer, api, LIVE, PAGED } from '../api/client';
import type { Answered } from '../api/types';

export type Notice = Answered<'/api/v1/notices'>['notices'][number];

/** How many nobody has read: as many as a page holds, and whether there are more. */
export const askUnread = () =>
  queryOptions({
    queryKey: ['notices', 'unread'],
    queryFn: async () => {
      const { notices, next } = await answer(api.GET('/api/v1/notices', { params: { query: { unread: true } } }));
      return { count: notices.length, isMore: next !== null };
    },
    refetchInterval: 10 * LIVE,
  });

export const askNotices = () =>
  infiniteQueryOptions({ queryKey: ['notices', 'all'], queryFn: ({ pageParam: before }) => answer(api.GET('/api/v1/notices', { params: { query: { before } } })), ...PAGED });

export async function markRead(ids: readonly number[]): Promise<void> {
  await answer(api.POST('/api/v1/notices/read', { body: { ids: [...ids] } }));
}
