// One way to ask the server, typed by its OpenAPI document, and what went wrong in words a person can act on.
import createClient from 'openapi-fetch';

import type { paths } from '../generated/api';
import { language, words } from '../words/language';

const says = words({
  en: { silent: 'The server does not answer. Is it running?', status: (status: number) => `The server answered ${status}.` },
  de: { silent: 'Der Server antwortet nicht. Läuft er?', status: (status: number) => `Der Server hat ${status} geantwortet.` },
});

/** How often what is alive is looked at again, in milliseconds. */
export const LIVE = 2000;

/** The server said no; `message` is its own words, `code` is for programs. */
export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  /** The whole problem document (RFC 9457), of which some kinds of refusal say more. */
  readonly problem: Readonly<Record<string, unknown>>;

  constructor(status: number, message: string, problem: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.status = status;
    this.code = typeof problem['code'] === 'string' ? problem['code'] : '';
    this.problem = problem;
  }
}

/** The server: `api.GET('/api/v1/journeys/{key}', { params: { path: { key } } })`. To be read with `answer`. */
export const api = createClient<paths>({
  baseUrl: globalThis.location?.origin ?? 'http://localhost',
  headers: { 'X-Sojourn-App': '1', 'Accept-Language': language },
  fetch: (request) => globalThis.fetch(request),
});

api.use({
  onError: () => new Refused(0, says.silent),
  async onResponse({ response }) {
    if (!response.ok) throw readRefusal(response.status, await response.text());
  },
});

/** What the server answered; throws `Refused` with its words if it said no. */
export async function answer<T>(asking: Promise<{ readonly data?: T; readonly response: Response }>): Promise<T> {
  // A refusal has been thrown by now, so this is what a good answer holds; undefined where it holds nothing.
  return (await asking).data as T;
}

/** The revision that was edited: the server refuses to change another one. */
export function ifMatch(revision: number): { readonly 'If-Match': string } {
  return { 'If-Match': `"${revision}"` };
}

/** How pages of a list follow one another, for `infiniteQueryOptions`. */
export const PAGED = {
  initialPageParam: undefined as number | undefined,
  getNextPageParam: ({ next }: { readonly next: number | null }) => next ?? undefined,
};

function readRefusal(status: number, text: string): Refused {
  try {
    const said: unknown = JSON.parse(text);
    if (typeof said === 'object' && said !== null && 'title' in said) return new Refused(status, String(said.title), { ...said });
  } catch {
    // Not JSON: whatever stands between us and the server has spoken.
  }
  return new Refused(status, says.status(status));
}
