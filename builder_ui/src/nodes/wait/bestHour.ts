import type { WaitNode } from '../../generated/journey';

/** How waiting for the best hour begins: the contact's own, by day. */
export const BEST_HOUR = { best_hour: 'contact', from: '08:00', to: '21:00' } as const satisfies NonNullable<WaitNode['until']>;
