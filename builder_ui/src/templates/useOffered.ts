import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';

import { askCatalogs } from '../catalogs/asks';
import { askNames } from '../fields/asks';
import { NOTHING_OFFERED, type Offered } from './completing';

/** Where letters of this instance may look things up. */
export function useOffered(): Offered {
  const { data: catalogs } = useQuery(askCatalogs());
  const { data: names } = useQuery(askNames());
  return useMemo(() => ({ catalogs: catalogs ?? NOTHING_OFFERED.catalogs, pools: names?.coupon_pools ?? NOTHING_OFFERED.pools, sources: names?.sources ?? NOTHING_OFFERED.sources }), [catalogs, names]);
}
