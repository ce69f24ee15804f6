import { ask } from '../api/client';
import type { DraftServer } from './draft';

const PATIENCE = 30_000;

/** Where drafts are kept. */
export const draftServer: DraftServer = {
  load: (key) => ask(`/journeys/${key}`, { patience: PATIENCE }),
  save: (key, document, revision, isLeaving) =>
    ask(`/journeys/${key}`, { method: 'PUT', body: { document }, revision, isLeaving, patience: PATIENCE }),
};
