import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { answer, api, LIVE, PAGED } from '../api/client';
import type { Answered } from '../api/types';
import type { Journey } from '../generated/journey';
import { type Chosen, type Range, writeRange, writeVersion } from './scope';

export type Report = Answered<'/api/v1/journeys/{key}/report'>;
export type NodeFigures = Report['nodes'][string];
export type MessageFigures = Report['messages'][string];
export type Day = Answered<'/api/v1/journeys/{key}/days'>['days'][number];
export type Person = Answered<'/api/v1/journeys/{key}/people'>['items'][number];
export type Whole = Answered<'/api/v1/enrollments/{enrollment_id}'>;
export type Visit = Whole['visits'][number];
/** What is chosen of the people of a journey; what is left out does not matter. */
export type PeopleAsked = {
  readonly node?: string;
  readonly status?: 'inside' | 'completed' | 'exited' | 'set_aside';
  readonly reason?: string;
  readonly goal?: string;
  readonly message?: 'queued' | 'sent' | 'delivered' | 'opened' | 'clicked' | 'bounced' | 'replied' | 'skipped' | 'cancelled' | 'failed' | 'uncertain';
};

/** The figures; `every` says in milliseconds how often they are asked for again. */
export const askReport = (key: string, chosen: Chosen, range: Range, every: number) =>
  queryOptions({
    queryKey: reportKey(key, chosen, range),
    queryFn: () => answer(api.GET('/api/v1/journeys/{key}/report', { params: { path: { key }, query: { ...writeVersion(chosen), ...writeRange(range) } } })),
    refetchInterval: every,
  });

export function reportKey(key: string, chosen: Chosen, range: Range): readonly unknown[] {
  return ['report', key, chosen, range];
}

export const askDays = (key: string, chosen: Chosen, range: Range) =>
  queryOptions({
    queryKey: ['days', key, chosen, range],
    queryFn: async () => (await answer(api.GET('/api/v1/journeys/{key}/days', { params: { path: { key }, query: { ...writeVersion(chosen), ...writeRange(range) } } }))).days,
    refetchInterval: 10 * LIVE,
  });

export const askPeople = (key: string, chosen: Chosen, asked: PeopleAsked) =>
  infiniteQueryOptions({
    queryKey: ['people', key, chosen, asked],
    queryFn: ({ pageParam: before }) => answer(api.GET('/api/v1/journeys/{key}/people', { params: { path: { key }, query: { ...writeVersion(chosen), ...asked, before } } })),
    refetchInterval: 2 * LIVE,
    ...PAGED,
  });

export const askEnrollment = (id: number) =>
  queryOptions({
    queryKey: ['enrollment', id],
    queryFn: () => answer(api.GET('/api/v1/enrollments/{enrollment_id}', { params: { path: { enrollment_id: id } } })),
    refetchInterval: 2 * LIVE,
  });

/** A version's document, which never changes. */
export const askDocument = (key: string, number: number) =>
  queryOptions({
    queryKey: ['document', key, number],
    queryFn: async () => (await answer(api.GET('/api/v1/journeys/{key}/versions/{number}', { params: { path: { key, number } } }))).document as unknown as Journey,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const askNumbers = (key: string) =>
  queryOptions({ queryKey: ['numbers', key], queryFn: async () => (await answer(api.GET('/api/v1/journeys/{key}/versions', { params: { path: { key } } }))).items });

export const eject = (id: number) => answer(api.POST('/api/v1/enrollments/{enrollment_id}/eject', { params: { path: { enrollment_id: id } } }));
export const skip = (id: number) => answer(api.POST('/api/v1/enrollments/{enrollment_id}/skip', { params: { path: { enrollment_id: id } } }));
export const replay = (id: number) => answer(api.POST('/api/v1/queues/replay', { body: { ids: [`enrollment:${id}`] } }));
