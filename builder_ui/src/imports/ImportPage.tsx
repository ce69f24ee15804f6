import { Alert, Anchor, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { askNames } from '../fields/asks';
import { Page } from '../ui/Page';
import { Failure, Loading } from '../ui/States';
import { sayNumber } from '../words/formats';
import { askImport, cancelImport, type ImportShown } from './asks';
import { ColumnsStep } from './ColumnsStep';
import { Coming, Steps } from './parts';
import { guessPlan, type Plan } from './plan';
import { Checked, Ended } from './Report';
import { says } from './words';

const PLACES: Readonly<Record<ImportShown['state'], number>> = { coming: 0, ready: 1, checking: 2, checked: 2, running: 3, done: 3, cancelled: 3 };

/** One import, from its columns to its report. */
export function ImportPage() {
  const { id } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(askImport(Number(id)));
  const { data: names } = useQuery(askNames());
  const [isEditing, setEditing] = useState(false);
  const [isStopping, setStopping] = useState(false);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data || !names) return <Loading />;
  const isPlanning = data.is_mine && (data.state === 'ready' || (isEditing && data.state === 'checked'));
  const stop = () => setStopping(true);
  const first = (data.plan as Plan | null) ?? guessPlan(data.header, data.sample, { topics: names.topics, attributes: names.attributes.map(({ name }) => name) });
  return (
    <Page title={data.name} more={says.rowsIn(sayNumber(data.rows), data.rows)} actions={<Anchor component={Link} to="/contacts/import" size="sm"><Group gap={4}><IconArrowLeft size={14} />{says.earlier}</Group></Anchor>}>
      <Stack maw={1080}>
        <Steps place={isPlanning ? 1 : PLACES[data.state]} />
        {!data.is_mine && PLACES[data.state] < 3 && <Alert color="blue" variant="light">{says.theirs(data.by_name ?? data.by)}</Alert>}
        {isPlanning ? <ColumnsStep key={data.id} shown={data} first={first} topics={names.topics} attributes={names.attributes.map(({ name }) => name)} saved={() => setEditing(false)} discard={stop} />
          : data.state === 'checked' ? <Checked shown={data} change={() => setEditing(true)} discard={stop} />
            : data.state === 'done' || data.state === 'cancelled' ? <Ended shown={data} />
              : <Coming shown={data} stop={stop} />}
      </Stack>
      {isStopping && <Stop shown={data} close={() => setStopping(false)} />}
    </Page>
  );
}

function Stop({ shown: { id, state }, close }: { readonly shown: ImportShown; readonly close: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const stop = useMutation({
    mutationFn: () => cancelImport(id),
    onSuccess: async ({ had_begun }) => {
      await queries.invalidateQueries({ queryKey: ['imports'] });
      if (had_begun) await queries.invalidateQueries({ queryKey: ['import', id] });
      else await navigate({ to: '/contacts/import' });
      close();
    },
  });
  const hasBegun = state === 'running';
  return (
    <Modal opened onClose={close} title={hasBegun ? says.cancel : says.discard} closeButtonProps={{ 'aria-label': says.goOn }}>
      <Stack>
        <Text size="sm">{hasBegun ? says.cancelSure : says.discardSure}</Text>
        {stop.error && <Alert color="red" variant="light">{stop.error.message}</Alert>}
        <Group justify="flex-end"><Button variant="default" onClick={close}>{says.goOn}</Button><Button color="red" loading={stop.isPending} onClick={() => stop.mutate()}>{hasBegun ? says.cancelNow : says.discard}</Button></Group>
      </Stack>
    </Modal>
  );
}
