import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { answer, api, PAGED } from '../api/client';
import type { Answered } from '../api/types';
import { type Added, bringParts } from './bringing';

export type PoolShown = Answered<'/api/v1/coupon-pools'>['items'][number];
export type CodeShown = Answered<'/api/v1/coupon-pools/{name}/codes'>['items'][number];
export type CodeState = 'left' | 'drawn' | 'redeemed';
export type PoolDraft = { readonly low_water: number; readonly expires_at: string | null; readonly common_code: string | null; readonly per_contact: boolean };

export const askPools = () => queryOptions({ queryKey: ['coupon-pools'], queryFn: async () => (await answer(api.GET('/api/v1/coupon-pools'))).items });
export const askPool = (name: string) => queryOptions({ queryKey: ['coupon-pools', name], queryFn: () => answer(api.GET('/api/v1/coupon-pools/{name}', { params: { path: { name } } })) });
export const askCodes = (name: string, state: CodeState | null, code: string) =>
  infiniteQueryOptions({
    queryKey: ['coupon-codes', name, state, code],
    queryFn: ({ pageParam: before, signal }) => answer(api.GET('/api/v1/coupon-pools/{name}/codes', { params: { path: { name }, query: { before, ...(state ? { state } : {}), ...(code ? { code } : {}) } }, signal })),
    placeholderData: (before) => before,
    ...PAGED,
  });

export const savePool = (name: string, draft: PoolDraft, revision: number | null) =>
  revision === null
    ? answer(api.POST('/api/v1/coupon-pools/{name}', { params: { path: { name } }, body: draft }))
    : answer(api.PUT('/api/v1/coupon-pools/{name}', { params: { path: { name } }, body: { ...draft, revision } }));
export const deletePool = (name: string) => answer(api.DELETE('/api/v1/coupon-pools/{name}', { params: { path: { name } } }));
export const withdrawCodes = (name: string) => answer(api.DELETE('/api/v1/coupon-pools/{name}/codes', { params: { path: { name } } }));
export const generateCodes = (name: string, pattern: string, count: number) => answer(api.POST('/api/v1/coupon-pools/{name}/codes/generate', { params: { path: { name } }, body: { pattern, count } }));

/** Brings codes in, some thousand at a time, telling how many were sent so far. */
export const bringCodes = (name: string, codes: readonly string[], tell: (sent: number) => void): Promise<Added> =>
  bringParts(codes, (part) => answer(api.POST('/api/v1/coupon-pools/{name}/codes', { params: { path: { name } }, body: { codes: [...part] } })), tell);
