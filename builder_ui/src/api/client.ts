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

/** Asks the server; throws `Refused` with its words if it says no. */
export async function ask<T>(path: string, options: { method?: string; body?: unknown } = {}): Promise<T> {
  const answer = await fetch(`/api/v1${path}`, {
    method: options.method ?? 'GET',
    headers: { 'X-Sojourn-App': '1', ...(options.body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
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
