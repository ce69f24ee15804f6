// Whether the codes that a letter shows are enough for all who get it: pure.
import type { PoolShown } from '../coupons/asks';

type Pool = Pick<PoolShown, 'name' | 'left' | 'common_code' | 'is_expired'> & { readonly used_by: readonly Pick<PoolShown['used_by'][number], 'key' | 'is_partial'>[] };

/** A pool that cannot give so many a code, and how many it still can. */
export type Short = { readonly name: string; readonly left: number };

/** The pools that a template shows and that run out before everybody has a code; one with a common code never does. */
export function listShort(pools: readonly Pool[], template: string, reached: number | null): readonly Short[] {
  return pools
    .filter(({ used_by: users, common_code: common }) => common === null && users.some(({ key, is_partial: isPartial }) => key === template && !isPartial))
    .map(({ name, left, is_expired: isOver }) => ({ name, left: isOver ? 0 : left }))
    .filter(({ left }) => left < (reached ?? 1));
}
