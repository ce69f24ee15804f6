import { queryOptions } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import type { Answered } from '../api/types';

export type Deliverability = Answered<'/api/v1/deliverability'>;
export type DomainShown = Deliverability['total'];
export type SenderShown = Deliverability['senders'][number];

export const askDeliverability = () => queryOptions({ queryKey: ['deliverability'], queryFn: () => answer(api.GET('/api/v1/deliverability')) });
export const checkSenders = () => answer(api.POST('/api/v1/deliverability/check', { body: {} }));
export const resumeMarketing = () => answer(api.POST('/api/v1/deliverability/resume', { body: {} }));
