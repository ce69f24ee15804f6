// One instant as a time on the clock of a zone, and back.

/** What a clock of the zone shows at an instant, "2026-03-01T09:00"; for `contact`, what is written, since each reads it on their own. */
export function readOnce(once: string, zone: string): string {
  const instant = new Date(once);
  if (Number.isNaN(instant.getTime())) return '';
  return zone === 'contact' ? once.slice(0, 16) : shiftInto(instant, zone).toISOString().slice(0, 16);
}

/** The instant with its offset from UTC; a time that a change of clocks leaves out is that much later. */
export function writeOnce(wall: string, zone: string): string {
  const asUtc = new Date(`${wall}:00Z`);
  const minutes = zone === 'contact' || zone === 'UTC' ? 0 : findOffset(asUtc, zone);
  if (minutes === 0) return `${wall}:00Z`;
  const clock = Math.abs(minutes);
  return `${wall}:00${minutes < 0 ? '-' : '+'}${String(Math.floor(clock / 60)).padStart(2, '0')}:${String(clock % 60).padStart(2, '0')}`;
}

/** Minutes by which the zone is ahead of UTC when its clock shows this. */
function findOffset(asUtc: Date, zone: string): number {
  const guess = offsetAt(asUtc, zone);
  return offsetAt(new Date(asUtc.getTime() - guess * 60_000), zone);
}

function offsetAt(instant: Date, zone: string): number {
  return Math.round((shiftInto(instant, zone).getTime() - instant.getTime()) / 60_000);
}

/** An instant whose UTC reading is what a clock of the zone shows. */
function shiftInto(instant: Date, zone: string): Date {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' }).formatToParts(instant);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? '00';
  return new Date(`${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}Z`);
}
