// Whom a preview may be made for, as they are offered: pure.
import type { Item } from '../contacts/asks';

export type ReaderOffered = { readonly value: string; readonly name: string };

/** Contacts by what a preview knows them by: an address, else an id of one's own, else ours; nobody twice, and nobody of whom nothing is known. */
export function listReaders(contacts: readonly Pick<Item, 'id' | 'name' | 'email' | 'external_id'>[]): readonly ReaderOffered[] {
  const found = new Map<string, ReaderOffered>();
  for (const { id, name, email, external_id } of contacts) {
    if (!name && !email && !external_id) continue;
    const value = email || external_id || id;
    if (!found.has(value)) found.set(value, { value, name: name === value ? '' : name });
  }
  return [...found.values()];
}
