import { queryOptions } from '@tanstack/react-query';

import { answer, api, LIVE } from '../api/client';

export const askQueues = () => queryOptions({ queryKey: ['queues'], queryFn: () => answer(api.GET('/api/v1/queues')), refetchInterval: LIVE });
