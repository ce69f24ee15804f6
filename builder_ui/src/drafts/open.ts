// The drafts that are open in this window, so that publishing and trying see what has not been saved yet.
import { queryOptions } from '@tanstack/react-query';

import { Draft } from './draft';
import { draftServer } from './server';
import { watchPage } from './useDraft';

const opened = new Map<string, Draft>();
/** How to stop minding the page for a draft: it may still be unsaved when its editor has been left. */
const minding = new Map<string, () => void>();

/** How often a draft of this key was forgotten: a journey of the same key is another one. */
const forgotten = new Map<string, number>();

/** The draft of a journey, with its steps to undo; it stays open while the page lives. */
export const askDraft = (key: string) =>
  queryOptions({
    queryKey: ['draft', key, forgotten.get(key) ?? 0],
    queryFn: async () => {
      const known = opened.get(key);
      if (known) return known;
      const draft = await Draft.load(draftServer, key);
      opened.set(key, draft);
      minding.set(key, watchPage(draft, window));
      return draft;
    },
    staleTime: Infinity,
    gcTime: Infinity,
  });

/** The draft as it stands in this window; undefined if nobody has opened it. */
export function findOpenDraft(key: string): Draft | undefined {
  return opened.get(key);
}

/** Saves what is not saved. Throws in words if that does not work. */
export async function settleDraft(key: string, refusal: string): Promise<void> {
  const draft = opened.get(key);
  if (!draft) return;
  draft.flush();
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      const { status, problem } = draft.read();
      if (status === 'unsaved' && problem === null) return;
      if (status === 'saving') return;
      stop();
      if (status === 'saved') resolve();
      else reject(new Error(problem ?? refusal));
    };
    const stop = draft.subscribe(look);
    look();
  });
}

/** Lets go of a draft whose journey is gone. */
export function forgetDraft(key: string): void {
  opened.delete(key);
  forgotten.set(key, (forgotten.get(key) ?? 0) + 1);
  minding.get(key)?.();
  minding.delete(key);
}
