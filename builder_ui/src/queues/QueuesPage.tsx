import { Badge, Button, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import type { Queues } from '../api/types';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { sayInstant, saySeconds } from '../words/formats';
import { askQueues } from './asks';

const LANES: Readonly<Record<string, string>> = {
  ingest: 'Events to process', advance: 'People to move on', email: 'Letters to hand over', sms: 'Texts to hand over', webhook: 'Calls to make', segments: 'Segments and silences',
};

const AILMENTS: Readonly<Record<string, string>> = {
  overdue: 'due for more than ten minutes, and taken by nobody', no_wake: 'that nothing would ever wake', no_node: 'at a node that their version does not have',
};

/** How much waits in each lane, who works, and what somebody should look at. */
export function QueuesPage() {
  const { data, error, refetch } = useQuery(askQueues());
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Page title="Queues" more="What waits, who works, and what is set aside.">
      <Stack gap="lg">
        <Paper withBorder radius="lg" style={{ overflow: 'hidden' }}><Lanes lanes={data.lanes} /></Paper>
        <Enrollments enrollments={data.enrollments} />
        <SetAside data={data} />
        <Processes data={data} />
      </Stack>
    </Page>
  );
}

function Lanes({ lanes }: Pick<Queues, 'lanes'>) {
  return (
    <Table verticalSpacing="sm" horizontalSpacing="clamp(8px, 2vw, 20px)">
      <Table.Thead>
        <Table.Tr><Table.Th>Lane</Table.Th><Table.Th ta="right">Waiting</Table.Th><Table.Th ta="right">Oldest</Table.Th><Table.Th ta="right">Done<Text span inherit visibleFrom="xs"> / min</Text></Table.Th><Table.Th ta="right">Failed<Text span inherit visibleFrom="xs"> / min</Text></Table.Th></Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lanes.map(({ lane, depth, oldest_seconds, per_minute, failed_per_minute }) => (
          <Table.Tr key={lane}>
            <Table.Td><Text size="sm" fw={600}>{lane}</Text><Text size="xs" c="dimmed" visibleFrom="xs">{LANES[lane] ?? ''}</Text></Table.Td>
            <Table.Td ta="right" className="numbers">{depth.toLocaleString()}</Table.Td>
            <Table.Td ta="right" className="numbers">{saySeconds(oldest_seconds)}</Table.Td>
            <Table.Td ta="right" className="numbers">{Math.round(per_minute).toLocaleString()}</Table.Td>
            <Table.Td ta="right" className="numbers"><Text size="sm" c={failed_per_minute > 0 ? 'red' : undefined}>{Math.round(failed_per_minute).toLocaleString()}</Text></Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Enrollments({ enrollments: { due, lag_p95, lag_max, stuck } }: Pick<Queues, 'enrollments'>) {
  const ailing = Object.entries(stuck).filter(([, count]) => count > 0);
  return (
    <section>
      <Title order={2} size="h5" mb="xs">People in journeys</Title>
      <Paper withBorder radius="lg" p="md">
        <Text size="sm">{due === 0 ? 'Nobody is due.' : `${due.toLocaleString()} due now: 95 of 100 for less than ${saySeconds(lag_p95)}, the latest for ${saySeconds(lag_max)}.`}</Text>
        {ailing.length === 0 ? <Text size="sm" c="dimmed">Nobody is stuck.</Text> : (
          <>
            {ailing.map(([ailment, count]) => <Text key={ailment} size="sm" c="red">{count.toLocaleString()} {AILMENTS[ailment] ?? ailment}</Text>)}
            <Text size="sm" c="dimmed"><code>sojourn repair enrollments --dry-run</code> lists them.</Text>
          </>
        )}
      </Paper>
    </section>
  );
}

function SetAside({ data }: { readonly data: Queues }) {
  const queries = useQueryClient();
  const replay = useMutation({
    mutationFn: (ids: readonly string[]) => answer(api.POST('/api/v1/queues/replay', { body: { ids: [...ids] } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['queues'] }),
  });
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">Set aside {data.set_aside_count > 0 && `(${data.set_aside_count})`}</Title>
        {data.set_aside.length > 1 && <Button size="xs" variant="default" loading={replay.isPending} onClick={() => replay.mutate(data.set_aside.map(({ id }) => id))}>Replay all shown</Button>}
      </Group>
      {replay.error && <Failure error={replay.error} />}
      <Paper withBorder radius="lg" style={{ overflow: 'hidden' }}>
        {data.set_aside.length === 0 ? (
          <Empty icon={IconCircleCheck} title="Nothing is set aside">What cannot be done is put here with its reason, so that it holds up nobody else.</Empty>
        ) : (
          <Table.ScrollContainer minWidth={520}>
            <Table verticalSpacing="sm" horizontalSpacing="lg">
              <Table.Tbody>
                {data.set_aside.map(({ id, lane, what, reason, at }) => (
                  <Table.Tr key={id}>
                    <Table.Td><Badge variant="default" tt="none">{lane}</Badge></Table.Td>
                    <Table.Td><Text size="sm" fw={600}>{what}</Text><Text size="xs" c="dimmed">{reason}</Text></Table.Td>
                    <Table.Td><Text size="sm" c="dimmed">{sayInstant(at)}</Text></Table.Td>
                    <Table.Td ta="right"><Button size="xs" variant="light" onClick={() => replay.mutate([id])}>Replay</Button></Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
      </Paper>
    </section>
  );
}

function Processes({ data }: { readonly data: Queues }) {
  return (
    <section>
      <Title order={2} size="h5" mb="xs">Processes</Title>
      <Paper withBorder radius="lg" style={{ overflow: 'hidden' }}>
        <Table.ScrollContainer minWidth={480}>
          <Table verticalSpacing="sm" horizontalSpacing="lg">
            <Table.Tbody>
              {data.processes.map(({ id, role, started_at, alive }) => (
                <Table.Tr key={id}>
                  <Table.Td><Badge color={alive ? 'green' : 'red'} variant="dot" tt="none">{alive ? 'alive' : 'not heard of'}</Badge></Table.Td>
                  <Table.Td><Text size="sm" fw={600}>{role}</Text></Table.Td>
                  <Table.Td><Text size="xs" c="dimmed">{id}</Text></Table.Td>
                  <Table.Td ta="right"><Text size="xs" c="dimmed">since {sayInstant(started_at)}</Text></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Paper>
    </section>
  );
}
