import { answer, api, ifMatch } from '../api/client';
import type { JourneyShown } from '../api/types';
import type { DraftServer } from './draft';

/** How long an answer may take, in milliseconds. */
const PATIENCE = 30_000;
/** A browser lets requests of no more bytes than this, with some for what stands around them, outlive their page. */
const LAST_WORDS = 60_000;

/** Where drafts are kept. */
export const draftServer: DraftServer = {
  load: async (key) => (await answer(api.GET('/api/v1/journeys/{key}', { params: { path: { key } }, signal: AbortSignal.timeout(PATIENCE) }))) as unknown as JourneyShown,
  save: async (key, document, revision, isLeaving) => {
    const keepalive = isLeaving && new Blob([JSON.stringify(document)]).size < LAST_WORDS;
    const saving = api.PUT('/api/v1/journeys/{key}', {
      params: { path: { key } },
      body: { document: { ...document } },
      headers: ifMatch(revision),
      signal: AbortSignal.timeout(PATIENCE),
      keepalive,
    });
    return (await answer(saving)) as unknown as JourneyShown;
  },
};
