import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { answer, api, LIVE, PAGED } from '../api/client';
import type { Answered } from '../api/types';
import type { Node } from '../generated/journey';
import { askedOf, type Sought } from './sought';

export type Item = Answered<'/api/v1/messages'>['items'][number];
type Shown = Answered<'/api/v1/messages/{uid}'>;
/** A message with its node, of which the OpenAPI document says only that it is an object. */
export type MessageShown = Omit<Shown, 'step'> & { readonly step: Node | null };
export type State = Item['state'];
export type Gate = Shown['gates'][number];
export type Touch = Shown['touches'][number];

export const askMessages = (sought: Sought) =>
  infiniteQueryOptions({
    queryKey: ['messages', sought],
    queryFn: ({ pageParam: before, signal }) => answer(api.GET('/api/v1/messages', { params: { query: { ...askedOf(sought), before } }, signal })),
    refetchInterval: 3 * LIVE,
    placeholderData: (before) => before,
    retry: false,
    ...PAGED,
  });

export const askMessage = (uid: string) =>
  queryOptions({
    queryKey: ['message', uid],
    queryFn: async () => (await answer(api.GET('/api/v1/messages/{uid}', { params: { path: { uid } } }))) as unknown as MessageShown,
    refetchInterval: 2 * LIVE,
  });

export const sendAgain = (id: string) => answer(api.POST('/api/v1/queues/replay', { body: { ids: [id] } }));
