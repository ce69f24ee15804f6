import { Alert, Anchor, Button, Grid, Group, Modal, Stack, Table, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { answer, api, Refused } from '../api/client';
import { isSame } from '../drafts/same';
import { isChosen } from '../rules/edit';
import { RuleBuilder } from '../rules/RuleBuilder';
import { useMay } from '../session/asks';
import { Card } from '../ui/Card';
import { Older } from '../ui/Older';
import { Page } from '../ui/Page';
import { Failure, Loading } from '../ui/States';
import { tellDone, tellFailure } from '../ui/tell';
import { sayFully, sayInstant, sayNumber } from '../words/formats';
import { askMembers, askSegment, saveSegment, type Segment } from './asks';
import { Growth } from './Growth';
import { UsedBy } from './UsedBy';
import { says } from './words';

/** One segment: its condition, who is in it, and who asks about it. */
export function SegmentPage() {
  const { key } = useParams({ from: '/segments/$key' });
  const { data, error, refetch } = useQuery(askSegment(key));
  const [loads, setLoads] = useState(0);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return <Shown key={`${key}/${loads}`} segment={data} reload={() => void refetch().then(() => setLoads((n) => n + 1))} />;
}

function Shown({ segment, reload }: { readonly segment: Segment; readonly reload: () => void }) {
  const mayEdit = useMay('journeys:write');
  const maySee = useMay('contacts:read');
  const queries = useQueryClient();
  const [base, setBase] = useState(segment);
  const [name, setName] = useState(segment.name);
  const [condition, setCondition] = useState(segment.condition);
  const [isRemoving, setRemoving] = useState(false);
  const isChanged = name.trim() !== base.name || !isSame(condition, base.condition);
  const save = useMutation({
    mutationFn: (revision: number) => saveSegment(segment.key, name.trim(), condition, revision),
    onSuccess: async (saved) => {
      setBase(saved);
      tellDone(says.saved);
      await Promise.all([['segments'], ['segment', segment.key], ['members', segment.key], ['growth', segment.key]].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
  const isConflict = save.error instanceof Refused && save.error.status === 409;
  const isUsed = segment.used_by.length > 0 || segment.asked_by.length > 0;
  return (
    <Page title={segment.name} more={segment.key} actions={mayEdit && (
      <Group gap="xs">
        {!isUsed && <Button variant="default" size="sm" onClick={() => setRemoving(true)}>{says.remove}</Button>}
        <Button size="sm" disabled={!isChanged || !name.trim() || !isChosen(condition)} loading={save.isPending} onClick={() => save.mutate(base.revision)}>{says.save}</Button>
      </Group>
    )}>
      {save.error && (
        <Alert color="red" variant="light" mb="md">
          <Group gap="sm"><Text size="sm">{isConflict ? says.conflict : save.error.message}</Text>{isConflict && <><Button size="compact-xs" variant="default" onClick={reload}>{says.load}</Button><Button size="compact-xs" onClick={() => save.mutate(segment.revision)}>{says.overwrite}</Button></>}</Group>
        </Alert>
      )}
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Card title={says.who}>
            {mayEdit && <TextInput label={says.name} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={120} />}
            <fieldset className="bare" disabled={!mayEdit}><RuleBuilder condition={condition} change={setCondition} scope={{ journey: null }} /></fieldset>
            {isChanged && <Text size="xs" c="dimmed">{says.noEnter}</Text>}
          </Card>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Stack>
            <Card title={says.members}>
              <Group align="baseline" gap="xs"><Text fz={26} fw={700} className="numbers">{segment.refreshed_at === null ? '…' : sayNumber(segment.size)}</Text><Text size="sm" c="dimmed" role="status">{segment.refreshed_at === null ? says.finding : says.now}</Text></Group>
              {segment.refreshed_at !== null && <Text size="xs" c="dimmed" title={sayFully(segment.refreshed_at)}>{says.refreshed(sayInstant(segment.refreshed_at))}</Text>}
              {maySee && <Members segment={segment} />}
            </Card>
            <Growth segment={segment} />
            <Card title={says.usedBy}><UsedBy segment={segment} /></Card>
          </Stack>
        </Grid.Col>
      </Grid>
      {isRemoving && <Remove segmentKey={segment.key} onClose={() => setRemoving(false)} />}
    </Page>
  );
}

function Members({ segment: { key, refreshed_at: refreshed } }: { readonly segment: Segment }) {
  const members = useInfiniteQuery(askMembers(key, refreshed));
  const items = members.data?.pages.flatMap((page) => page.items) ?? [];
  if (members.data && items.length === 0) return <Text size="sm" c="dimmed">{says.noMembers}</Text>;
  return (
    <>
      <Table fz="sm" verticalSpacing={6} horizontalSpacing={0}>
        <Table.Tbody>
          {items.map(({ id, name, email, since }) => (
            <Table.Tr key={id}>
              <Table.Td><Anchor component={Link} to={`/contacts/${id}`} size="sm">{name || email || id.slice(0, 8)}</Anchor></Table.Td>
              <Table.Td ta="right"><Text size="xs" c="dimmed">{says.since} {sayInstant(since)}</Text></Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Older query={members} />
    </>
  );
}

function Remove({ segmentKey, onClose }: { readonly segmentKey: string; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/segments/{key}', { params: { path: { key: segmentKey } } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['segments'] });
      tellDone(says.removed);
      await navigate({ to: '/segments' });
    },
    onError: tellFailure,
  });
  return (
    <Modal opened onClose={onClose} title={says.remove} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Text size="sm">{says.sure}</Text>
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>{says.remove}</Button></Group>
      </Stack>
    </Modal>
  );
}
