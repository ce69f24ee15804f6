import { infiniteQueryOptions } from '@tanstack/react-query';

import { answer, api, PAGED } from '../api/client';
import type { Answered } from '../api/types';

export type Done = Answered<'/api/v1/audit'>['items'][number];
export type AuditAsked = { readonly sort?: string; readonly actor?: string };

/** What was done by hand, the newest first. */
export const askAudit = (asked: AuditAsked) =>
  infiniteQueryOptions({
    queryKey: ['audit', asked],
    queryFn: ({ pageParam: before }) => answer(api.GET('/api/v1/audit', { params: { query: { ...asked, before } } })),
    ...PAGED,
  });
