import { queryOptions } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import type { Answered } from '../api/types';
import type { Journey } from '../generated/journey';

// The server always answers every name; the document calls those with a default optional.
type Whole<Part> = Part extends readonly (infer Item)[] ? readonly Whole<Item>[] : Part extends object ? { readonly [Name in keyof Part]-?: Whole<Part[Name]> } : Part;
export type Explained = Whole<Answered<'/api/v1/journeys/{key}/why'>>;
export type Journeyed = Explained['enrollments'][number];
export type Seen = Explained['seen'][number];
export type Gate = Explained['gates'][number];

/** Why a contact got what it got of a journey, or did not; whom an external id, our id or an address names. */
export const askWhy = (key: string, contact: string) =>
  queryOptions({ queryKey: ['why', key, contact], queryFn: async () => (await answer(api.GET('/api/v1/journeys/{key}/why', { params: { path: { key }, query: { contact } } }))) as Explained, staleTime: 0, retry: false });

/** The document of a version, which never changes. */
export const askDocument = (key: string, version: number) =>
  queryOptions({
    queryKey: ['document', key, version],
    queryFn: async () => (await answer(api.GET('/api/v1/journeys/{key}/versions/{number}', { params: { path: { key, number: version } } }))).document as unknown as Journey,
    staleTime: Infinity,
  });
