import { queryOptions } from '@tanstack/react-query';

import { answer, api, LIVE } from '../api/client';
import type { JourneyShown, JourneySummary } from '../api/types';

export const askJourneys = () =>
  queryOptions({ queryKey: ['journeys'], queryFn: async () => (await answer(api.GET('/api/v1/journeys'))).journeys as readonly JourneySummary[], refetchInterval: 2 * LIVE });
export const askJourney = (key: string) =>
  queryOptions({
    queryKey: ['journey', key],
    queryFn: async () => (await answer(api.GET('/api/v1/journeys/{key}', { params: { path: { key } } }))) as unknown as JourneyShown,
    refetchInterval: 5 * LIVE,
  });
