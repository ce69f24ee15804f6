// A broadcast as somebody plans it, and as the journey that it is.
import type { Condition, Journey } from '../generated/journey';
import { readOnce, writeOnce } from '../inspector/once';

export type Who = { readonly kind: 'segment' | 'topic'; readonly key: string } | { readonly kind: 'own'; readonly condition: Condition };
export type Plan = {
  readonly name: string;
  readonly who: Who;
  readonly channel: Channel;
  readonly template: string;
  readonly topic: string;
  readonly messageClass: 'marketing' | 'transactional';
  /** `wall` is what the clock of the zone shows, "2026-03-01T09:00"; zone `contact`: everybody's own. */
  readonly when: { readonly kind: 'now' } | { readonly kind: 'at'; readonly wall: string; readonly zone: string };
};
export type Channel = keyof typeof KINDS;
export type Step = (typeof STEPS)[number];
export const STEPS = ['who', 'what', 'when', 'check'] as const;
/** What a step still lacks. */
export type Lack = 'name' | 'who' | 'template' | 'topic' | 'time' | 'past';

const KINDS = { email: 'send_email', sms: 'send_sms', push: 'send_push' } as const;
export const CHANNELS = Object.keys(KINDS) as readonly Channel[];
const NODE = 'message';
const OWN = 'contact';
const LAST_ZONE = 12 * 3_600_000;
const FIRST_ZONE = 14 * 3_600_000;

export const BLANK: Plan = { name: '', who: { kind: 'segment', key: '' }, channel: 'email', template: '', topic: '', messageClass: 'marketing', when: { kind: 'now' } };

/** The condition of whom it is for; everybody with a topic is who said yes, or, where no yes is needed, who did not say no. */
export function writeAudience({ who, channel }: Pick<Plan, 'who' | 'channel'>, implied: ReadonlySet<string>): Condition {
  if (who.kind === 'own') return who.condition;
  if (who.kind === 'segment') return { segment: who.key, op: 'member' };
  if (implied.has(who.key)) return { none: [{ consent: who.key, channel, op: 'unsubscribed' }] };
  return { consent: who.key, channel, op: 'subscribed' };
}

/** Whom a condition is for, as the first step asks it. */
export function readAudience(condition: Condition): Who {
  if ('segment' in condition && condition.op === 'member') return { kind: 'segment', key: condition.segment };
  if ('consent' in condition && condition.op === 'subscribed') return { kind: 'topic', key: condition.consent };
  if ('none' in condition && condition.none.length === 1) {
    const [only] = condition.none;
    if (only && 'consent' in only && only.op === 'unsubscribed') return { kind: 'topic', key: only.consent };
  }
  return { kind: 'own', condition };
}

/** The journey that a plan is; `base` keeps what the plan does not speak of, `now` is the instance's time in milliseconds. */
export function writeDocument(key: string, plan: Plan, implied: ReadonlySet<string>, now: number, base: Journey | null): Journey {
  const start = base?.start ?? NODE;
  const { once, timezone } = plan.when.kind === 'now' ? { once: `${new Date(now).toISOString().slice(0, 19)}Z`, timezone: 'UTC' } : { once: writeOnce(plan.when.wall, plan.when.zone), timezone: plan.when.zone };
  const kept = base?.nodes?.[start] ?? {};
  const node = { ...kept, kind: KINDS[plan.channel], template: plan.template, topic: plan.messageClass === 'marketing' ? plan.topic : '', class: plan.messageClass };
  const document = {
    format: 1,
    entry: { reentry: { mode: 'never' } },
    ...base,
    key,
    name: plan.name.trim(),
    trigger: { kind: 'schedule', once, timezone, audience: writeAudience(plan, implied) },
    start,
    nodes: { [start]: node },
  };
  return document as unknown as Journey;
}

/** The plan of a draft; a time that has passed everywhere asks to be chosen anew. */
export function readPlan(document: Journey, now: number): Plan {
  const trigger = document.trigger as unknown as { readonly once: string; readonly timezone?: string; readonly audience: Condition };
  const node = document.nodes?.[document.start ?? NODE] as unknown as { readonly kind: string; readonly template: string; readonly topic?: string; readonly class?: Plan['messageClass'] };
  const zone = trigger.timezone ?? 'UTC';
  const wall = readOnce(trigger.once, zone);
  return {
    name: document.name,
    who: readAudience(trigger.audience),
    channel: CHANNELS.find((channel) => KINDS[channel] === node.kind) ?? 'email',
    template: node.template,
    topic: node.topic ?? '',
    messageClass: node.class ?? 'marketing',
    when: isPast(wall, zone, now) ? { kind: 'now' } : { kind: 'at', wall, zone },
  };
}

/** Whether a time has passed, for everybody's own clock in the last zone of the earth too. */
export function isPast(wall: string, zone: string, now: number): boolean {
  return toInstant(wall, zone) + (zone === OWN ? LAST_ZONE : 0) <= now;
}

/** Whether a time on everybody's own clock has passed in some zones already: who lives there gets nothing. */
export function isLateForSome(wall: string, zone: string, now: number): boolean {
  return zone === OWN && !isPast(wall, zone, now) && toInstant(wall, zone) - FIRST_ZONE <= now;
}

function toInstant(wall: string, zone: string): number {
  return Date.parse(writeOnce(wall, zone));
}

/** What a step lacks before the next one can be asked; null: nothing. */
export function findLack(step: Step, plan: Plan, now: number): Lack | null {
  if (step === 'who') {
    if (!plan.name.trim()) return 'name';
    return plan.who.kind !== 'own' && !plan.who.key ? 'who' : null;
  }
  if (step === 'what') {
    if (!plan.template) return 'template';
    return plan.messageClass === 'marketing' && !plan.topic ? 'topic' : null;
  }
  if (step === 'when' && plan.when.kind === 'at') {
    if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(plan.when.wall)) return 'time';
    return isPast(plan.when.wall, plan.when.zone, now) ? 'past' : null;
  }
  return null;
}

/** What is to be typed before it leaves: the number it goes to, or its key where nobody could count. */
export function writeProof(reached: number | null, key: string): string {
  return reached === null ? key : String(reached);
}

/** Whether what was typed is that; thousands may be set apart as people do. */
export function isProven(typed: string, proof: string): boolean {
  const bare = typed.trim();
  return bare === proof || (/^\d+$/.test(proof) && /^[\d\s.,'’]+$/.test(bare) && bare.replace(/\D/g, '') === proof);
}
