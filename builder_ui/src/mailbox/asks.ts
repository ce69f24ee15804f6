import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { answer, api, LIVE, PAGED } from '../api/client';
import type { Channel } from '../api/types';

export const askMailbox = (channel: Channel | undefined) =>
  infiniteQueryOptions({
    queryKey: ['mailbox', channel],
    queryFn: ({ pageParam: before }) => answer(api.GET('/api/v1/mailbox', { params: { query: { channel, before } } })),
    refetchInterval: LIVE,
    ...PAGED,
  });
export const askLetter = (id: number) =>
  queryOptions({ queryKey: ['letter', id], queryFn: () => answer(api.GET('/api/v1/mailbox/{id_}', { params: { path: { id_: id } } })) });
