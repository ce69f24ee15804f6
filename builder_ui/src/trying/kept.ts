// What was tried last of each journey, while the page lives: looking at another view loses nothing.
import type { Journey } from '../generated/journey';
import type { Setup } from './asked';
import type { Simulated } from './asks';

export type Tried = {
  /** What was simulated, which may have been edited since. */
  readonly document: Journey;
  readonly told: Simulated;
};
export type Kept = { readonly setup: Setup; readonly tried: Tried | null };

const kept = new Map<string, Kept>();

export function findKept(key: string): Kept | undefined {
  return kept.get(key);
}

export function keep(key: string, one: Kept): void {
  kept.set(key, one);
}
