import { queryOptions } from '@tanstack/react-query';

import { answer, api, ifMatch, LIVE } from '../api/client';
import type { Answered, JourneyShown, Problem } from '../api/types';
import type { Condition, Journey } from '../generated/journey';
import type { Plan } from './plan';

type Given = Answered<'/api/v1/broadcasts/{key}'>;
export type Broadcast = Omit<Given, 'audience'> & { readonly audience: Condition };
export type BroadcastState = Given['state'];
export type Reach = Answered<'/api/v1/broadcasts/reach', 'post'>;

export const askBroadcasts = () =>
  queryOptions({ queryKey: ['broadcasts'], queryFn: async () => (await answer(api.GET('/api/v1/broadcasts'))).items as unknown as readonly Broadcast[], refetchInterval: 5 * LIVE });
export const askBroadcast = (key: string) =>
  queryOptions({
    queryKey: ['broadcast', key],
    queryFn: async () => (await answer(api.GET('/api/v1/broadcasts/{key}', { params: { path: { key } } }))) as unknown as Broadcast,
    refetchInterval: LIVE,
  });

/** Whom a message would reach now. */
export const askReach = (audience: Condition, { channel, topic, messageClass }: Pick<Plan, 'channel' | 'topic' | 'messageClass'>) =>
  queryOptions({
    queryKey: ['reach', JSON.stringify(audience), channel, topic, messageClass],
    queryFn: () => answer(api.POST('/api/v1/broadcasts/reach', { body: { audience: { ...audience }, channel, topic, message_class: messageClass } })),
    staleTime: 10_000,
    retry: false,
  });

/** What is to be mended before it can be sent. */
export const askProblems = (key: string, document: Journey) =>
  queryOptions({
    queryKey: ['broadcast-problems', key, JSON.stringify(document)],
    queryFn: async () => (await answer(api.POST('/api/v1/journeys/{key}/validate', { params: { path: { key } }, body: { document: { ...document } } }))).problems as unknown as readonly Problem[],
    retry: false,
  });

/** Keeps a draft; revision 0: there is none yet. */
export const saveBroadcast = async (document: Journey, revision: number) =>
  (await answer(api.PUT('/api/v1/journeys/{key}', { params: { path: { key: document.key } }, body: { document: { ...document } }, headers: ifMatch(revision) }))) as unknown as JourneyShown;
export const sendBroadcast = (key: string, revision: number, isAtOnce: boolean) =>
  answer(api.POST('/api/v1/broadcasts/{key}/send', { params: { path: { key } }, body: { revision, at_once: isAtOnce } }));
export const stopBroadcast = (key: string) => answer(api.POST('/api/v1/journeys/{key}/stop', { params: { path: { key } }, body: { mode: 'now' } }));
