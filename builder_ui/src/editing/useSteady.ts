import { useLayoutEffect, useRef, useState } from 'react';

// What a handler takes and answers is its own business; here it is only passed on.
// oxlint-disable-next-line typescript/no-explicit-any
type Handlers = { readonly [name: string]: (...given: any[]) => any };

/** Handlers that stay the same functions while what they do may change: the canvas draws all its cards anew when it is given others. */
export function useSteady<Given extends Handlers>(handlers: Given): Given {
  const latest = useRef(handlers);
  useLayoutEffect(() => {
    latest.current = handlers;
  });
  const [steady] = useState(() => Object.fromEntries(Object.keys(handlers).map((name) => [name, (...given: unknown[]): unknown => latest.current[name]?.(...given)])) as unknown as Given);
  return steady;
}
