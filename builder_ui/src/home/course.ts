// How something went: in all, today, and against as many days before.
import type { JourneySummary } from '../api/types';
import type { Waiting } from './asks';

export type Course = { readonly days: readonly number[]; readonly before: number };
export type Summed = { readonly total: number; readonly today: number; /** As a share of before; null where there was nothing before. */ readonly change: number | null };

/** What a course comes to. */
export function sumUp({ days, before }: Course): Summed {
  const total = days.reduce((sum, n) => sum + n, 0);
  return { total, today: days.at(-1) ?? 0, change: before === 0 ? null : (total - before) / before };
}

/** Whether people may enter a journey; a broadcast is none that goes on. */
export function isRunning({ state, archived_at, is_broadcast }: Pick<JourneySummary, 'state' | 'archived_at' | 'is_broadcast'>): boolean {
  return state === 'live' && archived_at === null && !is_broadcast;
}

const URGENT: ReadonlySet<Waiting['kind']> = new Set(['braked', 'no_worker', 'provider', 'stream_held', 'stuck']);

/** Whether nothing goes on until somebody has looked. */
export function isUrgent({ kind }: Waiting): boolean {
  return URGENT.has(kind);
}

/** What is urgent first, then the rest as it came. */
export function sortWaiting(several: readonly Waiting[]): readonly Waiting[] {
  return several.toSorted((one, other) => Number(isUrgent(other)) - Number(isUrgent(one)));
}

/** The screen that mends it. */
export function findMending({ kind, key }: Waiting): { readonly to: string; readonly search?: { readonly view: 'edit' } } {
  if (kind === 'stream_held') return { to: '/deliverability' };
  if (kind === 'questions') return { to: '/questions' };
  if (key) return { to: `/journeys/${key}`, ...(kind === 'unpublished' ? { search: { view: 'edit' } as const } : {}) };
  return { to: '/queues' };
}
