// What is told of a call in few words. Pure.
import type { TagColor } from '../ui/Tag';
import { sayNumber } from '../words/formats';
import type { CallItem } from './asks';

export const COLORS: Readonly<Record<string, TagColor>> = { working: 'green', resting: 'orange', disabled: 'red' };

/** Green where it was taken, orange where it is tried again, red where it failed for good. */
export function colorOf({ verdict, next_at }: Pick<CallItem, 'verdict' | 'next_at'>): TagColor {
  if (verdict === 'accepted') return 'green';
  return next_at === null ? 'red' : 'orange';
}

/** "85 ms", "1.5 s"; of nothing, a dash. */
export function sayTook(ms: number | null): string {
  if (ms === null) return '–';
  return ms < 1000 ? `${sayNumber(ms)} ms` : `${sayNumber(Math.round(ms / 100) / 10)} s`;
}

/** JSON on several lines; other text as it is. */
export function layOut(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The instant so many hours before another, for the server. */
export function hoursBefore(now: number, hours: number): string {
  return new Date(now - hours * 3_600_000).toISOString();
}
