// A journey as text, as people keep it in git.
import type { Journey, Node, Trigger } from '../generated/journey';
import { arePlaces } from '../graph/edit/places';
import { pathsOf } from '../graph/paths';
import { sayTrigger } from '../graph/words';
import { describeNode, NODES } from '../nodes/registry';

export function writeJourney(journey: Journey): string {
  return JSON.stringify(journey, null, 2);
}

export type Flaw =
  /** No JSON; the parser's words, and the line if it says where. */
  | { readonly what: 'json'; readonly why: string; readonly line: number | null }
  | { readonly what: 'shape' }
  /** What a part says cannot be drawn. */
  | { readonly what: 'part'; readonly part: string }
  | { readonly what: 'kind'; readonly node: string; readonly kind: string };
export type Read = { readonly journey: Journey; readonly flaw: null } | { readonly journey: null; readonly flaw: Flaw };

/** The journey that a text says; else why not. The key stays: another one is another journey. */
export function readJourney(text: string, key: string): Read {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { journey: null, flaw: { what: 'json', why: why.replace(/ (in JSON )?at (position|line) .*$/, ''), line: findLine(why, text) } };
  }
  if (!isRecord(said) || !isRecord(said['trigger']) || !isRecord(said['nodes'] ?? {})) return { journey: null, flaw: { what: 'shape' } };
  const flaw = findFlaw(said);
  return flaw ? { journey: null, flaw } : { journey: { ...said, key } as unknown as Journey, flaw: null };
}

/** What the canvas could not draw; all else is the server's to check. */
function findFlaw(said: Readonly<Record<string, unknown>>): Flaw | null {
  for (const [key, node] of Object.entries(said['nodes'] ?? {}) as [string, unknown][]) {
    if (!isRecord(node)) return { what: 'part', part: key };
    const kind = node['kind'];
    if (typeof kind !== 'string' || !Object.hasOwn(NODES, kind)) return { what: 'kind', node: key, kind: String(kind ?? '') };
    if (!isDrawable(node as unknown as Node)) return { what: 'part', part: key };
  }
  if (!isSayable(said['trigger'] as Trigger)) return { what: 'part', part: 'trigger' };
  if (!arePlaces(said['layout'] ?? {})) return { what: 'part', part: 'layout' };
  return typeof (said['start'] ?? '') === 'string' ? null : { what: 'part', part: 'start' };
}

/** The line of which a parser complains; browsers say it in different words. */
export function findLine(why: string, text: string): number | null {
  const line = /line (\d+)/.exec(why)?.[1];
  if (line !== undefined) return Number(line);
  const position = /position (\d+)/.exec(why)?.[1];
  if (position !== undefined) return text.slice(0, Number(position)).split('\n').length;
  return /end of (JSON )?(input|data)/i.test(why) ? text.split('\n').length : null;
}

function isDrawable(node: Node): boolean {
  try {
    const { title, more } = describeNode(node);
    const ways = pathsOf(node).every(({ label, next }) => typeof label === 'string' && (next === null || typeof next === 'string'));
    return ways && typeof title === 'string' && typeof more === 'string' && typeof (node.note ?? '') === 'string';
  } catch {
    return false;
  }
}

function isSayable(trigger: Trigger): boolean {
  try {
    return typeof sayTrigger(trigger)?.title === 'string';
  } catch {
    return false;
  }
}

function isRecord(said: unknown): said is Readonly<Record<string, unknown>> {
  return typeof said === 'object' && said !== null && !Array.isArray(said);
}

/** The journey just read, with what it says word for word as before staying the same objects, so that only the rest is drawn anew. */
export function shareParts(before: Journey, read: Journey): Journey {
  const old = before.nodes ?? {};
  const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);
  const nodes = read.nodes && Object.fromEntries(Object.entries(read.nodes).map(([key, node]) => [key, Object.hasOwn(old, key) && isSame(old[key], node) ? old[key]! : node]));
  return {
    ...read,
    ...(nodes ? { nodes } : {}),
    ...(isSame(before.trigger, read.trigger) ? { trigger: before.trigger } : {}),
    ...(before.layout && isSame(before.layout, read.layout) ? { layout: before.layout } : {}),
  };
}

/** What turns one text into another: the piece in the middle that differs. */
export function findEdit(before: string, after: string): { readonly from: number; readonly to: number; readonly insert: string } {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  while (from < shorter && before[from] === after[from]) from += 1;
  let same = 0;
  while (same < shorter - from && before[before.length - 1 - same] === after[after.length - 1 - same]) same += 1;
  return { from, to: before.length - same, insert: after.slice(from, after.length - same) };
}
