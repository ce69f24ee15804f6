import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { askJourney } from '../journeys/asks';
import { askClock, useMay } from '../session/asks';
import { Page } from '../ui/Page';
import { Failure, Loading } from '../ui/States';
import { askBroadcast } from './asks';
import { BLANK, readPlan } from './plan';
import { Results } from './Results';
import { Wizard } from './Wizard';
import { says } from './words';

/** A broadcast: planned step by step while it is a draft, and afterwards what became of it. */
export function BroadcastPage() {
  const { key } = useParams({ from: '/broadcasts/$key' });
  const { data, error, refetch } = useQuery(askBroadcast(key));
  const mayEdit = useMay('journeys:write');
  const [isReplanning, setReplanning] = useState(false);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const isPlanned = data.state === 'draft' || (data.state === 'cancelled' && isReplanning);
  return isPlanned && mayEdit ? <Draft broadcastKey={key} /> : <Results broadcast={data} replan={() => setReplanning(true)} />;
}

/** A broadcast that is not kept yet. */
export function NewBroadcast() {
  const { data: clock, error, refetch } = useQuery(askClock());
  if (error && !clock) return <Failure error={error} retry={() => void refetch()} />;
  if (!clock) return <Loading />;
  return <Page title={says.create} more={says.more}><Wizard broadcastKey={null} first={BLANK} base={null} revision={0} zone={clock.timezone} reload={() => undefined} /></Page>;
}

function Draft({ broadcastKey }: { readonly broadcastKey: string }) {
  const { data, error, refetch } = useQuery({ ...askJourney(broadcastKey), refetchInterval: false, refetchOnWindowFocus: false });
  const { data: clock } = useQuery(askClock());
  const [loads, setLoads] = useState(0);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data || !clock) return <Loading />;
  return (
    <Page title={data.name} more={says.more}>
      <Wizard key={loads} broadcastKey={broadcastKey} first={readPlan(data.draft, Date.parse(clock.now))} base={data.draft} revision={data.revision} zone={clock.timezone}
        reload={() => void refetch().then(() => setLoads((n) => n + 1))} />
    </Page>
  );
}
