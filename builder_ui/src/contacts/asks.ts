import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { answer, api, LIVE, PAGED } from '../api/client';
import type { Answered } from '../api/types';
import type { Condition } from '../generated/journey';

export type Item = Answered<'/api/v1/contacts'>['items'][number];
export type Entry = Answered<'/api/v1/contacts/{uid}/timeline'>['items'][number];
export type EntryKind = Entry['kind'];
/** Whom one wants to see; what is empty does not matter. */
export type Wanted = { readonly search: string; readonly segment?: string | null; readonly condition?: Condition | null };
export type Change = {
  readonly set?: Readonly<Record<string, unknown>>;
  readonly unset?: readonly string[];
  readonly add_tags?: readonly string[];
  readonly remove_tags?: readonly string[];
  /** What was there when the change was begun; who else changed it meanwhile is not overwritten. */
  readonly seen?: Readonly<Record<string, unknown>>;
};

export const askContacts = ({ search, segment = null, condition = null }: Wanted) =>
  infiniteQueryOptions({
    queryKey: ['contacts', search, segment, condition],
    queryFn: ({ pageParam: before, signal }) =>
      condition
        ? answer(api.POST('/api/v1/contacts/search', { body: { search, segment, condition: { ...condition }, before: before ?? null }, signal }))
        : answer(api.GET('/api/v1/contacts', { params: { query: { search, before, ...(segment ? { segment } : {}) } }, signal })),
    refetchInterval: condition ? false : 3 * LIVE,
    placeholderData: (before) => before,
    retry: false,
    ...PAGED,
  });

export const askContact = (uid: string) =>
  queryOptions({ queryKey: ['contact', uid], queryFn: () => answer(api.GET('/api/v1/contacts/{uid}', { params: { path: { uid } } })), refetchInterval: LIVE });

export const askTimeline = (uid: string, kinds: readonly EntryKind[], search: string) =>
  infiniteQueryOptions({
    queryKey: ['timeline', uid, kinds, search],
    queryFn: ({ pageParam: before, signal }) => answer(api.GET('/api/v1/contacts/{uid}/timeline', { params: { path: { uid }, query: { kinds: kinds.join(','), search, before } }, signal })),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: 2 * LIVE,
    placeholderData: (before) => before,
  });

const at = (uid: string) => ({ params: { path: { uid } } });

export const createContact = (external_id: string | null, attributes: Readonly<Record<string, unknown>>) => answer(api.POST('/api/v1/contacts', { body: { external_id, attributes: { ...attributes } } }));
export const changeContact = (uid: string, { set = {}, unset = [], add_tags = [], remove_tags = [], seen }: Change) =>
  answer(api.PATCH('/api/v1/contacts/{uid}', { ...at(uid), body: { set: { ...set }, unset: [...unset], add_tags: [...add_tags], remove_tags: [...remove_tags], seen: seen ? { ...seen } : null } }));
export type Proof = Answered<'/api/v1/contacts/{uid}/consents'>['items'][number];
export const askLedger = (uid: string) => infiniteQueryOptions({ queryKey: ['contacts', uid, 'consents'], queryFn: ({ pageParam }) => answer(api.GET('/api/v1/contacts/{uid}/consents', { params: { path: { uid }, query: pageParam === null ? {} : { before: pageParam } } })), initialPageParam: null as number | null, getNextPageParam: ({ next }) => next });
export const choose = (uid: string, body: { readonly topic: string; readonly channel: 'email' | 'sms' | 'push'; readonly choice: 'subscribed' | 'unsubscribed'; readonly note: string }) => answer(api.PUT('/api/v1/contacts/{uid}/consents', { ...at(uid), body }));
export const suppress = (uid: string, channel: 'email' | 'sms', note: string) => answer(api.POST('/api/v1/contacts/{uid}/suppressions', { ...at(uid), body: { channel, note } }));
export const lift = (uid: string, channel: 'email' | 'sms', note: string) => answer(api.POST('/api/v1/contacts/{uid}/suppressions/lift', { ...at(uid), body: { channel, note } }));
export const erase = (uid: string, isSuppressed: boolean) => answer(api.DELETE('/api/v1/contacts/{uid}', { params: { path: { uid }, query: { suppress: isSuppressed } } }));
export const copyHeld = (uid: string) => answer(api.GET('/api/v1/contacts/{uid}/export', at(uid)) as unknown as Promise<{ data?: unknown; response: Response }>);
