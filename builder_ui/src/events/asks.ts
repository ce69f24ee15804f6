import { queryOptions } from '@tanstack/react-query';

import { answer, api, LIVE } from '../api/client';
import type { Answered } from '../api/types';

export type EventShown = Answered<'/api/v1/events/recent'>['items'][number];
export type RefusedCall = Answered<'/api/v1/events/refused'>['items'][number];
export type EventName = Answered<'/api/v1/events/names'>['items'][number];

export const askRecent = (name: string, contact: string, isStill: boolean) =>
  queryOptions({
    queryKey: ['events', name, contact],
    queryFn: () => answer(api.GET('/api/v1/events/recent', { params: { query: { ...(name ? { name } : {}), ...(contact ? { contact } : {}) } } })),
    refetchInterval: isStill ? false : LIVE,
    placeholderData: (before) => before,
  });
export const askRefused = (isStill = false) =>
  queryOptions({ queryKey: ['refused'], queryFn: async () => (await answer(api.GET('/api/v1/events/refused'))).items, refetchInterval: isStill ? false : LIVE });
export const askEventNames = () => queryOptions({ queryKey: ['event names'], queryFn: () => answer(api.GET('/api/v1/events/names')), refetchInterval: 30_000 });
