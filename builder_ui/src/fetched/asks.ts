import { queryOptions } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import type { Answered } from '../api/types';

export type SourceShown = Answered<'/api/v1/fetch-sources'>['items'][number];
export type Tried = Answered<'/api/v1/fetch-sources/{name}/try', 'post'>;
export type SourceDraft = {
  readonly url: string; readonly headers: Record<string, string | null>; readonly answers: 'json' | 'text';
  readonly timeout_ms: number; readonly fresh_seconds: number; readonly stale_hours: number;
};

export const askSources = () => queryOptions({ queryKey: ['fetch-sources'], queryFn: async () => (await answer(api.GET('/api/v1/fetch-sources'))).items });

export const saveSource = (name: string, draft: SourceDraft, revision: number | null) =>
  revision === null
    ? answer(api.POST('/api/v1/fetch-sources/{name}', { params: { path: { name } }, body: draft }))
    : answer(api.PUT('/api/v1/fetch-sources/{name}', { params: { path: { name } }, body: { ...draft, revision } }));
export const deleteSource = (name: string) => answer(api.DELETE('/api/v1/fetch-sources/{name}', { params: { path: { name } } }));
export const trySource = (name: string, values: Record<string, string>, anew: boolean) => answer(api.POST('/api/v1/fetch-sources/{name}/try', { params: { path: { name } }, body: { values, anew } }));
