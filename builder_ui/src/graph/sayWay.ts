// What ways out of a step are called. Pure.
import { words } from '../words/language';
import type { Corner, Place } from './paths';

const says = words<Readonly<Record<Corner, string>>>({
  en: { timeout: 'timeout', due: 'no answer', otherwise: 'otherwise', on_error: 'error', on_skip: 'skipped', on_missing: 'no such date' },
  de: { timeout: 'Zeit um', due: 'keine Antwort', otherwise: 'sonst', on_error: 'Fehler', on_skip: 'übersprungen', on_missing: 'kein Datum' },
});
/** The labels that the engine gives to corners; no path of one's own can be called so beside them. */
const CORNERS: Readonly<Record<string, Corner>> = { timeout: 'timeout', due: 'due', otherwise: 'otherwise', error: 'on_error', skipped: 'on_skip', missing: 'on_missing' };

/** What is written on a way: its own label, or what its corner is called; the way straight on needs no words. */
export function sayWay(at: Place, label: string): string {
  const [corner] = at;
  if (corner === undefined) return '';
  return corner === 'paths' ? label : says[corner];
}

/** What a way that was taken is called, of which the engine tells the label. */
export function sayLabel(label: string): string {
  return Object.hasOwn(CORNERS, label) ? says[CORNERS[label]!] : label;
}
