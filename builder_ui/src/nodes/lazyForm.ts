import { type ComponentType, lazy } from 'react';

import type { FormProps, Kind } from './types';

type Forms = typeof import('./forms');

/** A form that comes with the editor: pages that only read do not load it. */
export function lazyForm<K extends Kind>(pick: (forms: Forms) => ComponentType<FormProps<K>>): ComponentType<FormProps<K>> {
  return lazy(async () => ({ default: pick(await import('./forms')) }));
}
