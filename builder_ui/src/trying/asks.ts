import { queryOptions } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import type { Answered } from '../api/types';
import type { Asked } from './asked';

export type Simulated = Answered<'/api/v1/journeys/{key}/simulate', 'post'>;
export type Names = Answered<'/api/v1/names'>;

/** What a journey would do. The signal gives up waiting for it. */
export async function simulate(key: string, asked: Asked, signal: AbortSignal): Promise<Simulated> {
  // The client reads pairs as lists of any length.
  return (await answer(api.POST('/api/v1/journeys/{key}/simulate', { params: { path: { key } }, body: asked, signal }))) as unknown as Simulated;
}

export const askNames = () => queryOptions({ queryKey: ['names'], queryFn: () => answer(api.GET('/api/v1/names')), staleTime: 60_000 });
