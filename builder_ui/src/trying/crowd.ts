// What a simulated crowd lays over the drawing, and what of it adds up. Pure.
import type { Mark, Overlay } from '../canvas/overlay';
import type { Journey } from '../generated/journey';
import { listLines } from '../graph/flow';
import { TRIGGER } from '../graph/paths';
import { sayNumber, sayShare } from '../words/formats';
import type { Simulated } from './asks';
import { says } from './words';

/** Figures on cards and lines: who came, who waits there at the end, what nobody reached. */
export function overlayFigures(journey: Journey, told: Simulated): Overlay {
  const untaken = new Set(told.never_taken.map(([node, way]) => `${node}/${way}`));
  const nodes = Object.keys(journey.nodes ?? {}).map((key): [string, Mark[]] => {
    const figures = told.nodes[key];
    if (!figures || figures.entered === 0) return [key, [{ words: says.neverReached, color: 'orange' }]];
    const left = Object.values(figures.exited).reduce((sum, n) => sum + n, 0);
    return [key, [
      { words: says.came(sayNumber(figures.entered)) },
      ...(figures.waiting > 0 ? [{ words: says.waiting(sayNumber(figures.waiting)), color: 'cyan' as const }] : []),
      ...(left > 0 ? [{ words: says.leftHere(sayNumber(left)), color: 'red' as const }] : []),
    ]];
  });
  const lines = listLines(journey).map(({ id, from, label }) => {
    if (from === TRIGGER) return [id, sayNumber(told.entered)];
    const figures = told.nodes[from];
    const count = figures?.ways[label] ?? 0;
    if (count === 0) return [id, untaken.has(`${from}/${label}`) ? says.neverTaken : ''];
    const all = Object.values(figures?.ways ?? {}).reduce((sum, n) => sum + n, 0);
    return [id, count === all ? sayNumber(count) : `${sayNumber(count)} (${sayShare(count, all)})`];
  });
  return { nodes: { ...Object.fromEntries(nodes), [TRIGGER]: [{ words: says.cameOf(sayNumber(told.entered), sayNumber(told.contacts)) }] }, lines: Object.fromEntries(lines), trail: null };
}

export type DayOfMessages = { readonly day: string; readonly sent: number; readonly others: number };

const DAY = 86_400_000;
/** So many days are shown one by one; of more only those with messages. */
const MOST_DAYS = 120;

/** Messages of each day from the first to the last on which there were any, all nodes together. */
export function sumDays(told: Simulated): readonly DayOfMessages[] {
  const days = new Map<string, { sent: number; others: number }>();
  const [first, last] = [Math.min(...told.messages.map(({ day }) => Date.parse(day))), Math.max(...told.messages.map(({ day }) => Date.parse(day)))];
  if ((last - first) / DAY <= MOST_DAYS) for (let at = first; at <= last; at += DAY) days.set(new Date(at).toISOString().slice(0, 10), { sent: 0, others: 0 });
  for (const { day, fates } of told.messages) {
    const sum = days.get(day) ?? { sent: 0, others: 0 };
    for (const [fate, n] of Object.entries(fates)) sum[fate === 'sent' ? 'sent' : 'others'] += n;
    days.set(day, sum);
  }
  return [...days].map(([day, sum]) => ({ day, ...sum })).toSorted((one, other) => one.day.localeCompare(other.day));
}

export type Fate = { readonly fate: string; readonly reason: string; readonly count: number };

/** What became of all messages together, those that left first. */
export function sumFates(told: Simulated): readonly Fate[] {
  const sums = new Map<string, number>();
  for (const { fates } of told.messages) for (const [fate, n] of Object.entries(fates)) sums.set(fate, (sums.get(fate) ?? 0) + n);
  return [...sums].map(([key, count]) => ({ ...splitReason(key), count })).map(({ what, reason, count }) => ({ fate: what, reason, count }))
    .toSorted((one, other) => Number(other.fate === 'sent') - Number(one.fate === 'sent') || other.count - one.count);
}

/** "exited: bought" is an end and its reason. */
export function splitReason(key: string): { readonly what: string; readonly reason: string } {
  const [what = '', ...reason] = key.split(': ');
  return { what, reason: reason.join(': ') };
}
