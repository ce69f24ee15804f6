// Entries of a timeline in words, and what they hold as rows of a table: pure.
import { sayAnd, sayInstant, sayNumber } from '../words/formats';
import { sayReason } from '../words/reasons';
import type { Entry } from './asks';
import { says } from './words';

/** The kinds by which a timeline is filtered, in their order. */
export const KINDS = ['event', 'message', 'journey', 'consent', 'segment', 'change'] as const;
const MOST_ROWS = 60;
const DEEPEST = 4;
const MOST_NAMED = 3;

/** The first line of an entry. */
export function sayTitle({ what, kind, name, state, properties, subject }: Entry): string {
  switch (what) {
    case 'entered':
      return says.entered(name);
    case 'ended':
      return (says.ended[state ?? ''] ?? says.ended['exited']!)(name);
    case 'consent':
      return state === 'subscribed' ? says.agreed(name) : says.refused(name);
    case 'segment':
      return says.joined(name);
    case 'message':
      return subject || name;
    default:
      return kind === 'erasure' ? says.eraseAsked : sayEvent(name, properties);
  }
}

function sayEvent(name: string, properties: Entry['properties']): string {
  if (name === 'Contact Updated') return says.changed(sayNames(Object.keys(listChanges(properties))));
  if (name === 'Email Opened') return says.opened;
  if (name === 'Email Link Clicked') return typeof properties['url'] === 'string' ? `${says.clicked}: ${properties['url']}` : says.clicked;
  if (name === 'Contact Aliased') return says.aliased;
  if (name === 'Contact Identified') return Object.keys(properties).length > 0 ? `${says.identified}: ${sayNames(Object.keys(properties))}` : says.identified;
  return name;
}

function sayNames(names: readonly string[]): string {
  return names.length > MOST_NAMED ? `${names.slice(0, MOST_NAMED).join(', ')} …` : sayAnd(names);
}

/** What else is said of an entry, in one line, besides when it was. */
export function sayMore({ what, channel, state, reason, journey, journey_name, node, by, marks, name, subject, properties }: Entry): string {
  const source = properties['source'];
  const parts = [
    ...(what === 'message' ? [says.channels[channel ?? ''] ?? channel ?? '', ...(subject && subject !== name ? [name] : []), says.states[state ?? ''] ?? state ?? ''] : []),
    ...(what === 'message' ? Object.keys(marks).map((mark) => says.marks[mark] ?? mark) : []),
    ...(what === 'consent' ? [says.channels[channel ?? ''] ?? channel ?? '', ...(!by && typeof source === 'string' ? [says.sources[source] ?? source] : [])] : []),
    ...(what === 'ended' && node && state !== 'completed' ? [says.at(node)] : []),
    ...(reason ? [sayReason(reason)] : []),
    ...(by ? [says.byHand(by)] : []),
    ...(journey ? [says.through(journey_name ?? journey)] : []),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** What was odd about an event, each in a sentence. */
export function listNotes({ notes }: Pick<Entry, 'notes'>): readonly string[] {
  const ignored = notes['ignored'];
  return [
    ...(notes['history'] ? [says.notes['history']!] : []),
    ...(notes['clamped'] ? [says.notes['clamped']!] : []),
    ...(Array.isArray(ignored) ? [says.ignored(ignored.join(', '))] : []),
  ];
}

/** name → [before, after] of a change of attributes. */
export function listChanges(properties: Entry['properties']): Readonly<Record<string, readonly [unknown, unknown]>> {
  const changes = properties['changes'];
  if (typeof changes !== 'object' || changes === null || Array.isArray(changes)) return {};
  return Object.fromEntries(Object.entries(changes).filter((one): one is [string, [unknown, unknown]] => Array.isArray(one[1]) && one[1].length === 2));
}

export type Row = { readonly path: string; readonly value: string };

/** What an object holds as rows, one a plain value: `items.0.sku`. Bounded however large it is. */
export function listRows(held: Readonly<Record<string, unknown>>): readonly Row[] {
  const rows: Row[] = [];
  const walk = (value: unknown, path: string, depth: number): void => {
    if (rows.length >= MOST_ROWS) return;
    const isOpen = typeof value === 'object' && value !== null && depth < DEEPEST && Object.keys(value).length > 0;
    if (isOpen) for (const [name, inner] of Object.entries(value)) walk(inner, path ? `${path}.${name}` : name, depth + 1);
    else rows.push({ path, value: sayValue(value) });
  };
  if (Object.keys(held).length > 0) walk(held, '', 0);
  return rows;
}

/** A JSON value as people read it; a text that is a time is one. */
export function sayValue(value: unknown): string {
  if (value === null || value === undefined) return says.none;
  if (typeof value === 'boolean') return value ? says.yes : says.no;
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 10_000 ? String(value) : sayNumber(value);
  if (typeof value === 'string') return value === '' ? says.empty : isInstant(value) ? sayInstant(value) : value;
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object' || one === null)) return value.length > 0 ? value.map(sayValue).join(', ') : says.list(0);
  return JSON.stringify(value);
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text));
}

/** What the clock shows where somebody is: "14:05"; null where the browser does not know the zone. */
export function sayLocal(zone: string, now: number, locale: string): string | null {
  try {
    return new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'short', hour: '2-digit', minute: '2-digit' }).format(new Date(now));
  } catch {
    return null;
  }
}

/** What has to be typed before somebody is erased: something that only who looked knows. */
export function nameToType({ email, external_id, id }: { readonly email: string | null; readonly external_id: string | null; readonly id: string }): string {
  return email ?? external_id ?? id.slice(0, 8);
}
