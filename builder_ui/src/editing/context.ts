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

/** Whether the canvas is seen from so far away that nobody can read small print; then none is drawn. */
export const FarContext = createContext(false);

export function useIsFar(): boolean {
  return use(FarContext);
}
