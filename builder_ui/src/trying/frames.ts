// One simulated enrollment as a film: what happened when, and where the token stands meanwhile. Pure.
import type { Simulated } from './asks';
import { TRIGGER } from '../graph/paths';
import type { Trod } from '../graph/trail';

export type Story = Simulated['stories'][number];
export type Stay = Story['stays'][number];

type What =
  | { readonly kind: 'enter' }
  | { readonly kind: 'wait'; readonly until: string | null; readonly zone: string | null }
  | { readonly kind: 'go'; readonly way: string; readonly hasWaited: boolean }
  | { readonly kind: 'message'; readonly channel: string; readonly template: string | null; readonly fate: string; readonly reason: string; readonly way: string | null }
  | { readonly kind: 'mark'; readonly mark: string }
  | { readonly kind: 'goal'; readonly goal: string }
  | { readonly kind: 'notice'; readonly to: string; readonly words: string }
  | { readonly kind: 'end'; readonly end: Stay['end']; readonly reason: string | null };

export type Frame = {
  readonly at: string;
  /** Whole days since the entry, on the contact's calendar. */
  readonly day: number;
  /** What it is about: a node's key, or TRIGGER. */
  readonly node: string;
  /** Where the token stands. */
  readonly token: string;
  readonly details: readonly string[];
} & What;

type Loose = { readonly at: string; readonly node: string; readonly details: readonly string[]; readonly moves: boolean; readonly rank: number } & What;

/** What happened in an enrollment, in order; the last frame is its end, or the end of what was simulated. */
export function makeFrames(stay: Stay, until: string): readonly Frame[] {
  const zone = findZone(stay);
  const first = dayOf(stay.entered_at, zone);
  let token: string = TRIGGER;
  return sortByTime(listLoose(stay, until)).map(({ moves, rank: _rank, ...loose }) => {
    if (moves) token = loose.node;
    return { ...loose, token, day: dayOf(loose.at, zone) - first };
  });
}

/** By whose clock its waits were found; undefined if nobody waited. */
export function findZone(stay: Stay): string | undefined {
  return stay.path.find((part) => part.zone !== null)?.zone ?? undefined;
}

/** Where a film passes into another day: the place of each first frame of a day. */
export function listDays(frames: readonly Frame[]): readonly { readonly place: number; readonly day: number }[] {
  return frames.flatMap(({ day }, place) => (day === frames[place - 1]?.day ? [] : [{ place, day }]));
}

/** The nodes and ways behind the token at a frame. */
export function listTrod(frames: readonly Frame[], place: number): readonly Trod[] {
  return frames.slice(0, place + 1).flatMap((frame): Trod[] => {
    if (frame.kind === 'go' || (frame.kind === 'message' && frame.way !== null)) return [{ node: frame.node, way: frame.way }];
    return frame.token === TRIGGER ? [] : [{ node: frame.token, way: null }];
  });
}

type Message = Stay['messages'][number];

function listLoose(stay: Stay, until: string): Loose[] {
  const loose: Loose[] = [{ at: stay.entered_at, node: TRIGGER, details: [], moves: true, rank: 0, kind: 'enter' }];
  const apart = new Set(stay.messages);
  stay.path.forEach(({ at, node, way, until: waits, zone, details }, place) => {
    const base = { at, node, details, moves: true, rank: 1 };
    const message = [...apart].find((one) => one.node === node && one.at === at && settledAt(one) === at);
    if (way !== null && message) {
      apart.delete(message);
      loose.push({ ...base, ...tellMessage(message), way });
    } else if (way !== null) loose.push({ ...base, kind: 'go', way, hasWaited: stay.path[place - 1]?.node === node && stay.path[place - 1]?.way === null });
    else if (waits !== null || place < stay.path.length - 1 || stay.end === 'waiting') loose.push({ ...base, kind: 'wait', until: waits, zone });
  });
  for (const message of apart) loose.push({ at: settledAt(message), node: message.node, details: [], moves: false, rank: 2, ...tellMessage(message), way: null });
  for (const { node, marks } of stay.messages) {
    for (const [mark, when] of Object.entries(marks)) if (mark !== 'sent') loose.push({ at: when, node, details: [], moves: false, rank: 3, kind: 'mark', mark });
  }
  for (const [goal, at] of Object.entries(stay.goals)) loose.push({ at, node: stay.node, details: [], moves: false, rank: 3, kind: 'goal', goal });
  for (const [at, to, words] of stay.notices) loose.push({ at, node: stay.node, details: [], moves: false, rank: 2, kind: 'notice', to, words });
  const last = stay.path.at(-1);
  // Why it left early is read at the node where it did.
  const details = last && last.way === null && last.until === null ? last.details : [];
  loose.push({ at: stay.ended_at ?? until, node: stay.node, details, moves: true, rank: 4, kind: 'end', end: stay.end, reason: stay.reason });
  return loose;
}

function tellMessage({ channel, template, fate, reason }: Message) {
  return { kind: 'message', channel, template, fate, reason } as const;
}

/** When it was known what becomes of it; one that is held back is told of when it was meant to leave. */
function settledAt({ at, fate, settled_at }: Message): string {
  return settled_at !== null && fate !== 'held' ? settled_at : at;
}

function sortByTime(loose: readonly Loose[]): Loose[] {
  return loose.toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at) || one.rank - other.rank);
}

/** The number of a day on the calendar of a zone. */
function dayOf(iso: string, zone: string | undefined): number {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(new Date(iso));
  return Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000);
}
