import { queryOptions } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import type { Answered } from '../api/types';

export type Key = Answered<'/api/v1/keys'>['keys'][number];
export type UserShown = Answered<'/api/v1/users'>['items'][number];
export type Role = UserShown['role'];
export const ROLES: readonly Role[] = ['owner', 'admin', 'publisher', 'editor', 'analyst', 'viewer'];

export const askKeys = () => queryOptions({ queryKey: ['keys'], queryFn: async () => (await answer(api.GET('/api/v1/keys'))).keys });
export const askUsers = () => queryOptions({ queryKey: ['users'], queryFn: async () => (await answer(api.GET('/api/v1/users'))).items });
