import { queryOptions } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import type { Answered } from '../api/types';
import type { Preview } from '../templates/asks';

export type PartialItem = Answered<'/api/v1/partials'>['items'][number];
export type PartialShown = Answered<'/api/v1/partials/{name}'>;

export const askPartials = () => queryOptions({ queryKey: ['partials'], queryFn: async () => (await answer(api.GET('/api/v1/partials'))).items });
export const askPartial = (name: string) => queryOptions({ queryKey: ['partial', name], queryFn: () => answer(api.GET('/api/v1/partials/{name}', { params: { path: { name } } })) });
export const askPartialWords = (name: string, number: number) =>
  queryOptions({ queryKey: ['partial', name, number], queryFn: () => answer(api.GET('/api/v1/partials/{name}/versions/{number}', { params: { path: { name, number } } })), staleTime: Infinity });

/** A partial in a letter that includes it, or in one of its own. */
export const askPartialPreview = (name: string, source: string, template: string | null, contact: string, data: Record<string, unknown>) =>
  queryOptions({
    queryKey: ['partial-preview', name, source, template, contact, data],
    queryFn: () => answer(api.POST('/api/v1/partials/{name}/preview', { params: { path: { name } }, body: { source, template, contact: contact || null, attributes: {}, data, trigger: {}, context: {} } })),
    enabled: source.trim() !== '',
    gcTime: 60_000,
    staleTime: 60_000,
    retry: false,
    placeholderData: (before: Preview | undefined) => before,
  });

export const savePartial = (name: string, source: string, edits: number) => answer(api.PUT('/api/v1/partials/{name}', { params: { path: { name } }, body: { source, edits } }));
export const deletePartial = (name: string) => answer(api.DELETE('/api/v1/partials/{name}', { params: { path: { name } } }));
