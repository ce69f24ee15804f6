// What the management API answers, by the names that screens use; made from its OpenAPI document.
import type { paths } from '../generated/api';
import type { Journey } from '../generated/journey';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
/** What a good answer of a route holds. */
export type Answered<Path extends keyof paths, Verb extends Method = 'get'> =
  paths[Path][Verb] extends { readonly responses: infer Responses } ? Content<Responses[keyof Responses & (200 | 201 | 202)]> : never;
type Content<Response> = Response extends { readonly content: { readonly 'application/json': infer Body } } ? Body : never;

export type Session = Answered<'/api/v1/session'>;
export type User = NonNullable<Session['user']>;
export type JourneyState = 'draft' | 'live' | 'paused' | 'stopped';
export type JourneySummary = Answered<'/api/v1/journeys'>['journeys'][number] & { readonly state: JourneyState };

type Shown = Answered<'/api/v1/journeys/{key}'>;
type Version = NonNullable<Shown['version']>;
/** A journey with its documents, of which the OpenAPI document says only that they are objects. */
export type JourneyShown = Omit<Shown, 'draft' | 'version' | 'state'> & {
  readonly state: JourneyState;
  readonly draft: Journey;
  readonly version: (Omit<Version, 'document'> & { readonly document: Journey }) | null;
};
/** Something to mend before a journey can be published (error) or to think about (warning). */
export type Problem = {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly node: string | null;
  readonly path: string;
  readonly message: string;
  /** The name that is wrong, or the sort of what is missing. */
  readonly about?: string | null;
};
export type Channel = 'email' | 'sms' | 'push' | 'webhook';
export type MailboxItem = Answered<'/api/v1/mailbox'>['items'][number];
export type Queues = Answered<'/api/v1/queues'>;
export type Contact = Answered<'/api/v1/contacts/{uid}'>;
