import { useEffect, useSyncExternalStore } from 'react';

import type { Draft, DraftView } from './draft';

/** A draft as it stands now; it is saved when its editor is left. */
export function useDraft(draft: Draft): DraftView {
  useEffect(() => () => draft.flush(), [draft]);
  return useSyncExternalStore(draft.subscribe, draft.read, draft.read);
}

type Page = EventTarget & { readonly document: EventTarget & { readonly visibilityState: string } };

/** Save when the page goes away or the network comes back, and ask before unsaved work is lost. Returns how to stop. */
export function watchPage(draft: Draft, page: Page): () => void {
  const watching = new AbortController();
  const { signal } = watching;
  page.document.addEventListener('visibilitychange', () => page.document.visibilityState === 'hidden' && draft.flush(true), { signal });
  page.addEventListener('pagehide', () => draft.flush(true), { signal });
  page.addEventListener('online', () => draft.flush(), { signal });
  page.addEventListener('beforeunload', (event) => draft.read().status !== 'saved' && event.preventDefault(), { signal });
  return () => {
    watching.abort();
    draft.flush();
  };
}
