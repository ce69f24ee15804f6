import { Tag, type TagColor } from '../ui/Tag';
import { sayFully, sayInstant } from '../words/formats';
import { locale } from '../words/language';
import type { Broadcast, BroadcastState } from './asks';
import { says } from './words';

const COLORS: Readonly<Record<BroadcastState, TagColor>> = { draft: 'gray', scheduled: 'indigo', sending: 'cyan', sent: 'green', cancelled: 'red', paused: 'orange', missed: 'red' };

/** Where a broadcast stands. */
export function StateTag({ state }: { readonly state: BroadcastState }) {
  return <Tag color={COLORS[state]}>{says.states[state]}</Tag>;
}

/** A time without a zone, "2026-03-01T09:00", as people read it. */
export function sayWall(wall: string): string {
  return new Date(`${wall}:00Z`).toLocaleString(locale, { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'UTC' });
}

/** An instant with its year where that is another one than now. */
function sayTime(once: string): string {
  const at = new Date(once);
  if (at.getFullYear() === new Date().getFullYear()) return sayInstant(once);
  return at.toLocaleString(locale, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
}

/** When it leaves, or left: in the zone of whoever reads, or on everybody's own clock. */
export function When({ broadcast: { once, timezone } }: { readonly broadcast: Pick<Broadcast, 'once' | 'timezone'> }) {
  if (timezone === 'contact') return <>{says.ownClock(sayWall(once.slice(0, 16)))}</>;
  return <span title={sayFully(once)}>{sayTime(once)}</span>;
}
