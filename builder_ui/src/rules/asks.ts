import { queryOptions } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import type { Answered } from '../api/types';
import type { Condition } from '../generated/journey';

export type Count = Answered<'/api/v1/conditions/count', 'post'>;

/** For how many contacts a condition is true now. */
export const askCount = (condition: Condition) =>
  queryOptions({
    queryKey: ['count', JSON.stringify(condition)],
    queryFn: ({ signal }) => answer(api.POST('/api/v1/conditions/count', { body: { condition: { ...condition } }, signal })),
    staleTime: 30_000,
    retry: false,
  });
