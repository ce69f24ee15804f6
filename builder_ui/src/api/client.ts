// One way to ask the server, and what went wrong in words a person can act on.
import { queryOptions } from '@tanstack/react-query';

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

export const asked = {
  session: () => queryOptions({ queryKey: ['session'], queryFn: () => ask<Session>('/session'), staleTime: 60_000 }),
  journeys: () =>
    queryOptions({ queryKey: ['journeys'], queryFn: () => ask<{ journeys: JourneySummary[] }>('/journeys'), refetchInterval: LIVE }),
  journey: (key: string) =>
    queryOptions({ queryKey: ['journey', key], queryFn: () => ask<JourneyShown>(`/journeys/${key}`), refetchInterval: 5 * LIVE }),
  report: (key: string) =>
    queryOptions({ queryKey: ['report', key], queryFn: () => ask<Report | null>(`/journeys/${key}/report`), refetchInterval: LIVE }),
  mailbox: (channel: string) =>
    queryOptions({
      queryKey: ['mailbox', channel],
      queryFn: () => ask<MailboxPage>(`/mailbox${channel === 'all' ? '' : `?channel=${channel}`}`),
      refetchInterval: LIVE,
    }),
  letter: (id: number) => queryOptions({ queryKey: ['letter', id], queryFn: () => ask<MailboxLetter>(`/mailbox/${id}`) }),
  queues: () => queryOptions({ queryKey: ['queues'], queryFn: () => ask<Queues>('/queues'), refetchInterval: LIVE }),
  clock: () => queryOptions({ queryKey: ['clock'], queryFn: () => ask<ClockShown>('/clock'), refetchInterval: 5000 }),
  contacts: (search: string) =>
    queryOptions({
      queryKey: ['contacts', search],
      queryFn: () => ask<ContactPage>(`/contacts${search ? `?search=${encodeURIComponent(search)}` : ''}`),
      refetchInterval: 3 * LIVE,
    }),
  contact: (id: string) =>
    queryOptions({ queryKey: ['contact', id], queryFn: () => ask<Contact>(`/contacts/${id}`), refetchInterval: LIVE }),
};
