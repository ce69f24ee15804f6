import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { answer, api, LIVE, PAGED } from '../api/client';

export const askContacts = (search: string) =>
  infiniteQueryOptions({
    queryKey: ['contacts', search],
    queryFn: ({ pageParam: before }) => answer(api.GET('/api/v1/contacts', { params: { query: { search, before } } })),
    refetchInterval: 3 * LIVE,
    ...PAGED,
  });
export const askContact = (uid: string) =>
  queryOptions({ queryKey: ['contact', uid], queryFn: () => answer(api.GET('/api/v1/contacts/{uid}', { params: { path: { uid } } })), refetchInterval: LIVE });
