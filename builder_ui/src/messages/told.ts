// What became of a message, in words and in its order: pure.
import type { TagColor } from '../ui/Tag';
import { type ReasonList, sayReason } from '../words/reasons';
import type { Gate, Item, MessageShown, State, Touch } from './asks';
import { says } from './words';

export const COLORS: Readonly<Record<State, TagColor>> = {
  queued: 'indigo', sending: 'indigo', sent: 'green', received: 'teal', skipped: 'orange', cancelled: 'gray', failed: 'red', uncertain: 'red', set_aside: 'red',
};
const LISTS: Readonly<Partial<Record<State, readonly ReasonList[]>>> = {
  skipped: ['SkipReason'], cancelled: ['CancelReason', 'SkipReason'], failed: ['FailReason'], set_aside: ['FailReason'], uncertain: ['DoubtReason'], queued: ['FailReason'],
};

/** Why it stands where it stands; null: there is nothing to say. */
export function sayWhy({ state, reason }: Pick<Item, 'state' | 'reason'>): string | null {
  return reason === null ? null : sayReason(reason, ...(LISTS[state] ?? []));
}

/** Whose words the details of a message are: the instance's own, such as which limit was used up, as long as nobody was asked to carry it, or it was too old to leave. */
export function splitDetails({ provider, attempts, reason, details }: Pick<MessageShown, 'provider' | 'attempts' | 'reason' | 'details'>): { readonly own: string | null; readonly theirs: string | null } {
  return reason === 'expired' || (provider === null && attempts === 0) ? { own: details, theirs: null } : { own: null, theirs: details };
}

/** The last that was heard of it, which says more than that it was sent. */
export function lastMark({ marks }: Pick<Item, 'marks'>): string | null {
  return ['complained', 'bounced', 'replied', 'clicked', 'opened', 'delivered'].find((mark) => mark in marks) ?? null;
}

/** What a message is called in a list. */
export function titleOf({ subject, template, template_name, channel }: Pick<Item, 'subject' | 'template' | 'template_name' | 'channel'>): string {
  return subject ?? template_name ?? template ?? says.channels[channel];
}

export type Step = { readonly what: string; readonly at: string; readonly isAhead?: true };

/** Everything that happened to it, in its order; what is still ahead comes last. */
export function listSteps({ state, created_at, started_at, sent_at, marks, due_at, expires_at, held_until }: MessageShown): readonly Step[] {
  const past = [
    { what: state === 'received' ? 'received' : 'created', at: created_at },
    ...(started_at ? [{ what: 'started', at: started_at }] : []),
    ...(sent_at ? [{ what: 'sent', at: sent_at }] : []),
    ...Object.entries(marks).map(([what, at]) => ({ what, at })),
  ].sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  const ahead = state !== 'queued' ? [] : [
    ...(held_until ? [{ what: 'held', at: held_until, isAhead: true as const }] : due_at ? [{ what: 'due', at: due_at, isAhead: true as const }] : []),
    ...(expires_at ? [{ what: 'expires', at: expires_at, isAhead: true as const }] : []),
  ];
  return [...past, ...ahead];
}

/** The gates that were asked, or would be: those of no concern are named together. */
export function partGates(gates: readonly Gate[]): { readonly asked: readonly Gate[]; readonly apart: readonly Gate[] } {
  return { asked: gates.filter(({ said }) => said !== 'not_concerned'), apart: gates.filter(({ said }) => said === 'not_concerned') };
}

/** A gate in a sentence: what it looks after, or why it does not let this one through. */
export function sayGate({ gate, said }: Gate): string {
  return said === 'refused' ? sayReason(gate, 'SkipReason') : says.gates[gate];
}

/** A person stands out; machines and what nobody can tell step back. */
export function madeByColor({ made_by }: Pick<Touch, 'made_by'>): TagColor {
  return made_by === 'human' ? 'teal' : made_by === 'unknown' ? 'orange' : 'gray';
}

/** What gave a machine away. */
export function sayTouchWhy(why: NonNullable<Touch['why']>): string {
  return says.touchWhys[why];
}
