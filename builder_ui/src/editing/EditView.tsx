import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { ReactFlowProvider } from '@xyflow/react';
import { useEffect } from 'react';

import type { JourneyShown } from '../api/types';
import type { Draft } from '../drafts/draft';
import { askDraft } from '../drafts/open';
import { useDraft } from '../drafts/useDraft';
import { useMay } from '../session/asks';
import { Failure, Loading } from '../ui/States';
import { tellDone } from '../ui/tell';
import { Conflict } from './Conflict';
import { EditorScreen } from './EditorScreen';
import { says } from './words';

/** The draft of a journey, to be edited. */
export function EditView({ journey }: { readonly journey: JourneyShown }) {
  const { data: draft, error, refetch } = useQuery(askDraft(journey.key));
  if (error && !draft) return <Failure error={error} retry={() => void refetch()} />;
  if (!draft) return <Loading />;
  return <ReactFlowProvider><Opened draft={draft} shown={journey} /></ReactFlowProvider>;
}

function Opened({ draft, shown }: { readonly draft: Draft; readonly shown: JourneyShown }) {
  const view = useDraft(draft);
  const { step = null } = useSearch({ from: '/journeys/$key' });
  const mayWrite = useMay('journeys:write');
  const queries = useQueryClient();
  const { status } = view;
  useEffect(() => {
    if (draft.meet(shown)) tellDone(says.newer);
  }, [draft, shown]);
  useEffect(() => {
    if (status !== 'saved') return;
    void queries.invalidateQueries({ queryKey: ['journey', shown.key] });
    void queries.invalidateQueries({ queryKey: ['journeys'] });
  }, [queries, status, shown.key]);
  return (
    <>
      <EditorScreen draft={draft} view={view} live={shown.version?.number ?? null} mayWrite={mayWrite} first={step} />
      {view.theirs && <Conflict mine={view.journey} theirs={view.theirs} keepMine={() => draft.keepMine()} takeTheirs={() => draft.takeTheirs()} />}
    </>
  );
}
