// One way to ask the server, and what went wrong in words a person can act on.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import type {
  ClockShown, Contact, ContactPage, JourneyShown, JourneySummary, MailboxLetter, MailboxPage, Queues, Report, Session,
} from './types';

/** How often what is alive is looked at again, in milliseconds. */
export const LIVE = 2000;

/** The server said no; `message` is its own words. */
export class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

type Asking = {
  readonly method?: string;
  readonly body?: unknown;
  /** The revision that was edited; the server refuses to change another one. */
  readonly revision?: number;
  /** How long to wait for the answer, in milliseconds. */
  readonly patience?: number;
  /** The request outlives the page. */
  readonly isLeaving?: boolean;
};

/** A browser lets requests of no more bytes than this, with some for what stands around them, outlive their page. */
const LAST_WORDS = 60_000;

/** Asks the server; throws `Refused` with its words if it says no. */
export async function ask<T>(path: string, { method = 'GET', body, revision, patience, isLeaving = false }: Asking = {}): Promise<T> {
  const given = body === undefined ? undefined : JSON.stringify(body);
  const answer = await fetch(`/api/v1${path}`, {
    method,
    headers: {
      'X-Sojourn-App': '1',
      ...(given === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(revision === undefined ? {} : { 'If-Match': `"${revision}"` }),
    },
    ...(given === undefined ? {} : { body: given }),
    ...(patience === undefined ? {} : { signal: AbortSignal.timeout(patience) }),
    ...(isLeaving && new Blob([given ?? '']).size < LAST_WORDS ? { keepalive: true } : {}),
  }).catch(() => {
    throw new Refused(0, 'The server does not answer. Is it running?');
  });
  const text = await answer.text();
  const said: unknown = text && answer.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : undefined;
  if (!answer.ok) throw new Refused(answer.status, readTitle(said) ?? `The server answered ${answer.status}.`);
  return said as T;
}

function readTitle(said: unknown): string | undefined {
  return typeof said === 'object' && said !== null && 'title' in said ? String(said.title) : undefined;
}

const PAGES = {
  initialPageParam: '',
  getNextPageParam: ({ next }: { readonly next: number | null }) => (next === null ? undefined : String(next)),
};

/** What of it is said, as the query of an address. */
export function query(parts: Readonly<Record<string, string>>): string {
  const said = new URLSearchParams(Object.entries(parts).filter(([, value]) => value !== '')).toString();
  return said ? `?${said}` : '';
}

export const asked = {
  session: () => queryOptions({ queryKey: ['session'], queryFn: () => ask<Session>('/session'), staleTime: 60_000 }),
  journeys: () =>
    queryOptions({ queryKey: ['journeys'], queryFn: () => ask<{ journeys: JourneySummary[] }>('/journeys'), refetchInterval: LIVE }),
  journey: (key: string) =>
    queryOptions({ queryKey: ['journey', key], queryFn: () => ask<JourneyShown>(`/journeys/${key}`), refetchInterval: 5 * LIVE }),
  report: (key: string) =>
    queryOptions({ queryKey: ['report', key], queryFn: () => ask<Report | null>(`/journeys/${key}/report`), refetchInterval: LIVE }),
  mailbox: (channel: string) =>
    infiniteQueryOptions({
      queryKey: ['mailbox', channel],
      queryFn: ({ pageParam }) => ask<MailboxPage>(`/mailbox${query({ channel: channel === 'all' ? '' : channel, before: pageParam })}`),
      refetchInterval: LIVE,
      ...PAGES,
    }),
  letter: (id: number) => queryOptions({ queryKey: ['letter', id], queryFn: () => ask<MailboxLetter>(`/mailbox/${id}`) }),
  queues: () => queryOptions({ queryKey: ['queues'], queryFn: () => ask<Queues>('/queues'), refetchInterval: LIVE }),
  clock: () => queryOptions({ queryKey: ['clock'], queryFn: () => ask<ClockShown>('/clock'), refetchInterval: 5000 }),
  contacts: (search: string) =>
    infiniteQueryOptions({
      queryKey: ['contacts', search],
      queryFn: ({ pageParam }) => ask<ContactPage>(`/contacts${query({ search, before: pageParam })}`),
      refetchInterval: 3 * LIVE,
      ...PAGES,
    }),
  contact: (id: string) =>
    queryOptions({ queryKey: ['contact', id], queryFn: () => ask<Contact>(`/contacts/${id}`), refetchInterval: LIVE }),
};
