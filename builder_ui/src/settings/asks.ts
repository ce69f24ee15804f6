import { queryOptions } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import type { Answered } from '../api/types';

export type Key = Answered<'/api/v1/keys'>['keys'][number];
export type UserShown = Answered<'/api/v1/users'>['items'][number];
export type Role = UserShown['role'];
export const ROLES: readonly Role[] = ['owner', 'admin', 'publisher', 'editor', 'analyst', 'viewer'];

export const askKeys = () => queryOptions({ queryKey: ['keys'], queryFn: async () => (await answer(api.GET('/api/v1/keys'))).keys });
export const askUsers = () => queryOptions({ queryKey: ['users'], queryFn: async () => (await answer(api.GET('/api/v1/users'))).items });

export type TopicShown = Answered<'/api/v1/topics'>['items'][number];
export type EndpointShown = Answered<'/api/v1/endpoints'>['items'][number];
export type Tested = Answered<'/api/v1/endpoints/{key}/test', 'post'>;
export type AccountShown = Answered<'/api/v1/accounts'>['items'][number];
export type InstanceFacts = Answered<'/api/v1/instance'>;

export const askTopics = () => queryOptions({ queryKey: ['topics'], queryFn: async () => (await answer(api.GET('/api/v1/topics'))).items });
export type PagesLook = Answered<'/api/v1/public-pages'>;
export const askPagesLook = () => queryOptions({ queryKey: ['public-pages'], queryFn: () => answer(api.GET('/api/v1/public-pages')) });
export const askEndpoints = () => queryOptions({ queryKey: ['endpoints'], queryFn: async () => (await answer(api.GET('/api/v1/endpoints'))).items });
export const askAccounts = () => queryOptions({ queryKey: ['accounts'], queryFn: () => answer(api.GET('/api/v1/accounts')), refetchInterval: 10_000 });
export const askInstance = () => queryOptions({ queryKey: ['instance'], queryFn: () => answer(api.GET('/api/v1/instance')), staleTime: 60_000 });

export const askByMail = () => queryOptions({ queryKey: ['notices', 'by-mail'], queryFn: () => answer(api.GET('/api/v1/notices/by-mail')) });

export type LimitShown = Answered<'/api/v1/sending-limits'>['items'][number];
export const askLimits = () => queryOptions({ queryKey: ['sending-limits'], queryFn: async () => (await answer(api.GET('/api/v1/sending-limits'))).items });

export type TextWords = Answered<'/api/v1/texts/words'>;
export const askTextWords = () => queryOptions({ queryKey: ['text-words'], queryFn: () => answer(api.GET('/api/v1/texts/words')) });
