import { queryOptions } from '@tanstack/react-query';

import { answer, api, LIVE } from '../api/client';
import type { Answered } from '../api/types';
import { keepFile } from '../journeys/download';
import type { Plan } from './plan';

export type Imports = Answered<'/api/v1/imports'>;
export type ImportItem = Imports['items'][number];
export type ImportShown = Answered<'/api/v1/imports/{import_id}'>;
export type Encoding = ImportShown['encoding'];
export type Delimiter = ImportShown['delimiter'];
/** How a file is read; what is not said the server finds out. */
export type Reading = { readonly encoding?: Encoding; readonly delimiter?: Delimiter };

const WORKING = new Set<ImportShown['state']>(['coming', 'checking', 'running']);
const at = (import_id: number) => ({ params: { path: { import_id } } });

export const askImports = () => queryOptions({ queryKey: ['imports'], queryFn: () => answer(api.GET('/api/v1/imports')), refetchInterval: 3 * LIVE });
export const askImport = (id: number) =>
  queryOptions({ queryKey: ['import', id], queryFn: () => answer(api.GET('/api/v1/imports/{import_id}', at(id))), refetchInterval: ({ state: { data } }) => (data && WORKING.has(data.state) ? LIVE / 2 : false), retry: false });

/** Sends a file; answers how the server reads it. */
export function sendFile(file: File, how: Reading): Promise<ImportShown> {
  const asked = { params: { query: { name: file.name.slice(-200), ...how } }, headers: { 'Content-Type': 'application/octet-stream' }, body: file, bodySerializer: (body: File) => body };
  return answer(api.POST('/api/v1/imports', asked as never));
}
export const savePlan = (id: number, revision: number, { columns, yes, no, ...rest }: Plan) =>
  answer(api.PUT('/api/v1/imports/{import_id}/plan', { ...at(id), body: { revision, ...rest, yes: [...yes], no: [...no], columns: columns.map((one) => ({ ...one })) } }));
export const startImport = (id: number, revision: number) => answer(api.POST('/api/v1/imports/{import_id}/start', { ...at(id), body: { revision } }));
export const cancelImport = (id: number) => answer(api.POST('/api/v1/imports/{import_id}/cancel', at(id)));
/** Gives the browser the rows that were refused, in the language of this page. */
export async function downloadRefused(id: number): Promise<void> {
  const written = await answer(api.GET('/api/v1/imports/{import_id}/refused.csv', { ...at(id), parseAs: 'blob' }));
  keepFile(`refused-${id}.csv`, written as unknown as Blob);
}
