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
/** One of them; a test is no message, and is kept apart from them. */
export const askLetter = (id: number, isTest: boolean) =>
  queryOptions({
    queryKey: ['letter', isTest, id],
    queryFn: () => answer(isTest ? api.GET('/api/v1/mailbox/tests/{id_}', { params: { path: { id_: id } } }) : api.GET('/api/v1/mailbox/{id_}', { params: { path: { id_: id } } })),
  });
