import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { answer, api, LIVE } from '../api/client';
import type { Answered } from '../api/types';

export type CatalogItem = Answered<'/api/v1/catalogs'>['items'][number];
export type CatalogShown = Answered<'/api/v1/catalogs/{name}'>;
export type ItemShown = Answered<'/api/v1/catalogs/{name}/items'>['items'][number];
export type Replaced = Answered<'/api/v1/catalogs/{name}/items', 'put'>;
export type Settings = Pick<CatalogItem, 'description' | 'key_field' | 'category_field' | 'interest' | 'owned'>;

export const askCatalogs = () => queryOptions({ queryKey: ['catalogs'], queryFn: async () => (await answer(api.GET('/api/v1/catalogs'))).items });
/** One of them; looked at again and again while a file comes in. */
export const askCatalog = (name: string, isComing = false) =>
  queryOptions({
    queryKey: ['catalog', name],
    queryFn: () => answer(api.GET('/api/v1/catalogs/{name}', { params: { path: { name } } })),
    refetchInterval: ({ state }) => (isComing || state.data?.upload ? LIVE / 2 : false),
  });
export const askItems = (name: string, search: string) =>
  infiniteQueryOptions({
    queryKey: ['catalog', name, 'items', search],
    queryFn: ({ pageParam: after, signal }) => answer(api.GET('/api/v1/catalogs/{name}/items', { params: { path: { name }, query: { search, after } }, signal })),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    placeholderData: (before) => before,
  });
export const askRecommended = (name: string, contact: string) =>
  queryOptions({
    queryKey: ['catalog', name, 'recommended', contact],
    queryFn: () => answer(api.GET('/api/v1/catalogs/{name}/recommended', { params: { path: { name }, query: { contact, limit: 6 } } })),
    placeholderData: (before) => before,
    retry: false,
  });

export const saveCatalog = (name: string, body: Settings) => answer(api.PUT('/api/v1/catalogs/{name}', { params: { path: { name } }, body }));
export const deleteCatalog = (name: string) => answer(api.DELETE('/api/v1/catalogs/{name}', { params: { path: { name } } }));
export const takeOut = (name: string, key: string) => answer(api.DELETE('/api/v1/catalogs/{name}/items', { params: { path: { name } }, body: { keys: [key] } }));
/** Puts a file in the place of all items; `skips`: lines that cannot be read are left out. */
export function replaceItems(name: string, file: File, skips: boolean): Promise<Replaced> {
  const asked = {
    params: { path: { name }, query: { skip: skips } },
    headers: { 'Content-Type': 'application/octet-stream' },
    body: file,
    bodySerializer: (body: File) => body,
  };
  return answer(api.PUT('/api/v1/catalogs/{name}/items', asked as never));
}
