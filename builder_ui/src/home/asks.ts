import { queryOptions } from '@tanstack/react-query';

import { answer, api, LIVE } from '../api/client';
import type { Answered } from '../api/types';

export type Overview = Answered<'/api/v1/overview'>;
export type Waiting = Overview['waiting'][number];
export type FirstSteps = Overview['first_steps'];
export type Days = '14' | '30';

/** What happened in the last days, and what waits for somebody. */
export const askOverview = (days: Days) =>
  queryOptions({
    queryKey: ['overview', days],
    queryFn: () => answer(api.GET('/api/v1/overview', { params: { query: { days } } })),
    refetchInterval: 5 * LIVE,
    placeholderData: (before: Overview | undefined) => before,
  });
