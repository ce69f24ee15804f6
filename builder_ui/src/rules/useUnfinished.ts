import { useState } from 'react';

import { isWhole, type Leaf, type Rule } from './edit';

/** A leaf while somebody writes it: kept as soon as it has all that it needs, on the screen until then. */
export function useUnfinished<R extends Rule>(given: R | null, blank: Leaf, change: (rule: R) => void): { readonly leaf: Leaf; readonly set: (leaf: Leaf) => void; readonly isKept: boolean } {
  const [typed, setTyped] = useState<{ readonly from: R | null; readonly leaf: Leaf }>({ from: given, leaf: (given as Leaf | null) ?? blank });
  const leaf = typed.from === given ? typed.leaf : ((given as Leaf | null) ?? blank);
  const set = (next: Leaf) => {
    const isReady = isWhole(next);
    setTyped({ from: isReady ? (next as unknown as R) : given, leaf: next });
    if (isReady) change(next as unknown as R);
  };
  return { leaf, set, isKept: leaf === given };
}
