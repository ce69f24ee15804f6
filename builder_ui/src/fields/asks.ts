import { queryOptions } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import type { Answered } from '../api/types';

export type Names = Answered<'/api/v1/names'>;

/** The names this instance knows. */
export const askNames = () => queryOptions({ queryKey: ['names'], queryFn: () => answer(api.GET('/api/v1/names')), staleTime: 60_000 });
