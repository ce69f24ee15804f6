// What the management API answers; see /api/v1/openapi.json.
import type { Journey } from '../generated/journey';

export type User = { readonly name: string; readonly email: string; readonly role: string; readonly permissions: readonly string[] };
export type Session = {
  readonly user: User | null;
  readonly setup_needed: boolean;
  readonly instance: { readonly virtual_clock: boolean; readonly demo: boolean };
};
export type JourneyState = 'draft' | 'live' | 'paused' | 'stopped';
export type JourneySummary = {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly state: JourneyState;
  readonly version: number | null;
  readonly has_changes: boolean;
  readonly entered: number;
  readonly active: number;
  readonly completed: number;
  readonly exited: number;
  readonly updated_at: string;
};
export type JourneyShown = {
  readonly key: string;
  readonly name: string;
  readonly state: JourneyState;
  readonly draft: Journey;
  readonly revision: number;
  readonly version: { readonly number: number; readonly published_at: string; readonly document: Journey } | null;
};
export type NodeReport = { readonly entered: number; readonly waiting: number; readonly paths: Readonly<Record<string, number>> };
export type Report = {
  readonly version: number;
  readonly entered: number;
  readonly active: number;
  readonly completed: number;
  readonly exited: Readonly<Record<string, number>>;
  readonly refused: Readonly<Record<string, number>>;
  readonly nodes: Readonly<Record<string, NodeReport>>;
  readonly goals: Readonly<Record<string, { readonly reached: number }>>;
  readonly messages: Readonly<Record<string, Readonly<Record<string, number>>>>;
};
export type Channel = 'email' | 'sms' | 'webhook';
export type MailboxItem = {
  readonly id: number;
  readonly channel: Channel;
  readonly to: string;
  readonly subject: string;
  readonly at: string | null;
  readonly journey: string | null;
  readonly node: string | null;
  readonly class: string;
};
export type MailboxPage = { readonly items: readonly MailboxItem[]; readonly next: number | null };
export type MailboxLetter = MailboxItem & {
  readonly from: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly text: string;
  readonly has_html: boolean;
};
export type Lane = {
  readonly lane: string;
  readonly depth: number;
  readonly oldest_seconds: number | null;
  readonly per_minute: number;
  readonly failed_per_minute: number;
};
export type Queues = {
  readonly lanes: readonly Lane[];
  readonly enrollments: {
    readonly due: number;
    readonly lag_p50: number;
    readonly lag_p95: number;
    readonly lag_max: number;
    readonly stuck: Readonly<Record<string, number>>;
  };
  readonly processes: readonly {
    readonly id: string;
    readonly role: string;
    readonly started_at: string;
    readonly seen_at: string;
    readonly alive: boolean;
  }[];
  readonly set_aside: readonly {
    readonly id: string;
    readonly lane: string;
    readonly what: string;
    readonly reason: string;
    readonly at: string | null;
  }[];
  readonly set_aside_count: number;
};
export type ClockShown = { readonly now: string; readonly is_virtual: boolean };
export type ContactItem = {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly external_id: string | null;
  readonly created_at: string;
};
export type ContactPage = { readonly items: readonly ContactItem[]; readonly next: number | null };
export type Contact = ContactItem & {
  readonly timezone: string | null;
  readonly email_confirmed: boolean;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly consents: readonly { readonly topic: string; readonly channel: string; readonly choice: string; readonly changed_at: string }[];
  readonly segments: readonly string[];
  readonly enrollments: readonly {
    readonly id: number;
    readonly journey: string;
    readonly version: number;
    readonly status: string;
    readonly node: string;
    readonly entered_at: string;
    readonly wake_at: string | null;
    readonly ended_at: string | null;
    readonly reason: string | null;
  }[];
  readonly timeline: readonly {
    readonly kind: 'event' | 'message';
    readonly at: string;
    readonly name: string;
    readonly details: Readonly<Record<string, unknown>>;
  }[];
};
