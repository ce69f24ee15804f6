import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import type { Answered } from '../api/types';

export type FileShown = Answered<'/api/v1/assets'>['items'][number];

/** The files for letters, the newest first. */
export const askFiles = () => infiniteQueryOptions({
  queryKey: ['files'],
  queryFn: ({ pageParam }) => answer(api.GET('/api/v1/assets', { params: { query: pageParam ? { behind: pageParam } : {} } })),
  initialPageParam: null as string | null,
  getNextPageParam: ({ next }) => next ?? undefined,
});

export const askUses = (digest: string) => queryOptions({
  queryKey: ['files', digest],
  queryFn: () => answer(api.GET('/api/v1/assets/{digest}/uses', { params: { path: { digest } } })),
});

/** Keeps a file of this computer for letters. */
export async function addFile(file: File): Promise<FileShown> {
  const content = encode(new Uint8Array(await file.arrayBuffer()));
  return answer(api.POST('/api/v1/assets', { body: { name: file.name, content } }));
}

export const removeFile = (digest: string) => answer(api.DELETE('/api/v1/assets/{digest}', { params: { path: { digest } } }));

const PIECE = 0x8000;

function encode(octets: Uint8Array): string {
  let text = '';
  for (let at = 0; at < octets.length; at += PIECE) text += String.fromCharCode(...octets.subarray(at, at + PIECE));
  return btoa(text);
}
