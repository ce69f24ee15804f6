import { createContext, use } from 'react';

import type { Target } from './adding';

/** What cards and lines may ask of the editor around them. */
export type Editor = {
  readonly mayEdit: boolean;
  /** Ask which kind of step to add there. */
  readonly pick: (target: Target, label: string) => void;
};

export const EditorContext = createContext<Editor>({ mayEdit: false, pick: () => undefined });

export function useEditor(): Editor {
  return use(EditorContext);
}
