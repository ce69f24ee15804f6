// The key of a new journey, from its name.
import { isKey } from '../graph/edit/keys';

/** A key as near to a name as may be: "Größe & Preis" is "groesse-preis". */
export function keyFromName(name: string, taken: ReadonlySet<string>): string {
  const plain = name.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue').replaceAll('ß', 'ss').normalize('NFD').replace(/[\u0300-\u036f]/g, '');
  const stem = plain.replace(/[^a-z0-9]+/g, '-').replace(/^[^a-z]+|-+$/g, '').slice(0, 56).replace(/-+$/, '') || 'journey';
  if (!taken.has(stem)) return stem;
  for (let number = 2; ; number += 1) if (!taken.has(`${stem}-${number}`)) return `${stem}-${number}`;
}

export type KeyTrouble = 'wrong' | 'taken' | null;

/** What is wrong with a key for a new journey. */
export function checkKey(key: string, taken: ReadonlySet<string>): KeyTrouble {
  if (!isKey(key) || key.includes('_')) return 'wrong';
  return taken.has(key) ? 'taken' : null;
}
