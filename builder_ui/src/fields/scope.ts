import { createContext, use } from 'react';

import type { Journey, NodeKey } from '../generated/journey';

/** What fields deep inside a form know of where they stand. */
export type FieldScope = {
  /** The journey that is edited; null elsewhere, such as in a segment. */
  readonly journey: Journey | null;
  readonly node: NodeKey | null;
  /** Typing in a field is over. */
  readonly closeField: () => void;
};

const NOWHERE: FieldScope = { journey: null, node: null, closeField: () => undefined };

export const FieldScopeContext = createContext<FieldScope>(NOWHERE);

export function useFieldScope(): FieldScope {
  return use(FieldScopeContext);
}
