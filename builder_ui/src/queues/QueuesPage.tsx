import { Anchor, Badge, Button, Group, Paper, Stack, Table, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { answer, api } from '../api/client';
import type { Queues } from '../api/types';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { sayInstant, sayNumber, saySeconds } from '../words/formats';
import { words } from '../words/language';
import { askQueues } from './asks';

const says = words({
  en: {
    title: 'Queues', more: 'What waits, who works, and what is set aside.', lane: 'Lane', waiting: 'Waiting', oldest: 'Oldest', done: 'Done', failed: 'Failed', perMinute: ' / min',
    lanes: { ingest: 'Events to process', advance: 'People to move on', email: 'Letters to hand over', sms: 'Texts to hand over', push: 'Pushes to hand over', webhook: 'Calls to make', segments: 'Segments and silences' } as Readonly<Record<string, string>>,
    ailments: { overdue: 'due for more than ten minutes, and taken by nobody', no_wake: 'that nothing would ever wake', no_node: 'at a node that their version does not have' } as Readonly<Record<string, string>>,
    people: 'People in journeys', nobodyDue: 'Nobody is due.', due: (n: string, most: string, latest: string) => `${n} due now: 95 of 100 for less than ${most}, the latest for ${latest}.`, nobodyStuck: 'Nobody is stuck.', lists: 'lists them.',
    aside: 'Set aside', replayAll: 'Replay all shown', replay: 'Replay', nothingAside: 'Nothing is set aside', asideMore: 'What cannot be done is put here with its reason, so that it holds up nobody else.', processes: 'Processes', alive: 'alive', gone: 'not heard of', since: 'since',
  },
  de: {
    title: 'Warteschlangen', more: 'Was wartet, wer arbeitet, und was zurückgestellt ist.', lane: 'Spur', waiting: 'Wartet', oldest: 'Ältestes', done: 'Getan', failed: 'Fehler', perMinute: ' / Min.',
    lanes: { ingest: 'Ereignisse zu verarbeiten', advance: 'Menschen weiterzubewegen', email: 'Briefe zu übergeben', sms: 'SMS zu übergeben', push: 'Push-Mitteilungen zu übergeben', webhook: 'Aufrufe zu machen', segments: 'Segmente und Stille' } as Readonly<Record<string, string>>,
    ailments: { overdue: 'seit mehr als zehn Minuten fällig, und von niemandem genommen', no_wake: 'die nie etwas wecken würde', no_node: 'an einem Schritt, den ihre Version nicht hat' } as Readonly<Record<string, string>>,
    people: 'Menschen in Journeys', nobodyDue: 'Niemand ist fällig.', due: (n: string, most: string, latest: string) => `${n} jetzt fällig: 95 von 100 seit weniger als ${most}, am längsten seit ${latest}.`, nobodyStuck: 'Niemand steckt fest.', lists: 'nennt sie.',
    aside: 'Zurückgestellt', replayAll: 'Alle gezeigten wiederholen', replay: 'Wiederholen', nothingAside: 'Nichts ist zurückgestellt', asideMore: 'Was nicht getan werden kann, kommt mit seinem Grund hierher, damit es niemanden aufhält.', processes: 'Prozesse', alive: 'lebt', gone: 'nicht gehört', since: 'seit',
  },
});

/** How much waits in each lane, who works, and what somebody should look at. */
export function QueuesPage() {
  const { data, error, refetch } = useQuery(askQueues());
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Page title={says.title} more={says.more}>
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
        <Table.Tr><Table.Th>{says.lane}</Table.Th><Table.Th ta="right">{says.waiting}</Table.Th><Table.Th ta="right">{says.oldest}</Table.Th><Table.Th ta="right">{says.done}<Text span inherit visibleFrom="xs">{says.perMinute}</Text></Table.Th><Table.Th ta="right">{says.failed}<Text span inherit visibleFrom="xs">{says.perMinute}</Text></Table.Th></Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lanes.map(({ lane, depth, oldest_seconds, per_minute, failed_per_minute }) => (
          <Table.Tr key={lane}>
            <Table.Td><Text size="sm" fw={600}>{lane}</Text><Text size="xs" c="dimmed" visibleFrom="xs">{says.lanes[lane] ?? ''}</Text></Table.Td>
            <Table.Td ta="right" className="numbers">{sayNumber(depth)}</Table.Td>
            <Table.Td ta="right" className="numbers">{saySeconds(oldest_seconds)}</Table.Td>
            <Table.Td ta="right" className="numbers">{sayNumber(Math.round(per_minute))}</Table.Td>
            <Table.Td ta="right" className="numbers"><Text size="sm" c={failed_per_minute > 0 ? 'red' : undefined}>{sayNumber(Math.round(failed_per_minute))}</Text></Table.Td>
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
      <Title order={2} size="h5" mb="xs">{says.people}</Title>
      <Paper withBorder radius="lg" p="md">
        <Text size="sm">{due === 0 ? says.nobodyDue : says.due(sayNumber(due), saySeconds(lag_p95), saySeconds(lag_max))}</Text>
        {ailing.length === 0 ? <Text size="sm" c="dimmed">{says.nobodyStuck}</Text> : (
          <>
            {ailing.map(([ailment, count]) => <Text key={ailment} size="sm" c="red">{sayNumber(count)} {says.ailments[ailment] ?? ailment}</Text>)}
            <Text size="sm" c="dimmed"><code>sojourn repair enrollments --dry-run</code> {says.lists}</Text>
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
        <Title order={2} size="h5">{says.aside} {data.set_aside_count > 0 && `(${data.set_aside_count})`}</Title>
        {data.set_aside.length > 1 && <Button size="xs" variant="default" loading={replay.isPending} onClick={() => replay.mutate(data.set_aside.map(({ id }) => id))}>{says.replayAll}</Button>}
      </Group>
      {replay.error && <Failure error={replay.error} />}
      <Paper withBorder radius="lg" style={{ overflow: 'hidden' }}>
        {data.set_aside.length === 0 ? (
          <Empty icon={IconCircleCheck} title={says.nothingAside}>{says.asideMore}</Empty>
        ) : (
          <Table.ScrollContainer minWidth={520}>
            <Table verticalSpacing="sm" horizontalSpacing="lg">
              <Table.Tbody>
                {data.set_aside.map(({ id, lane, what, reason, at, message }) => (
                  <Table.Tr key={id}>
                    <Table.Td><Badge variant="default" tt="none">{lane}</Badge></Table.Td>
                    <Table.Td>{message ? <Anchor component={Link} to={`/messages/${message}`} size="sm" fw={600}>{what}</Anchor> : <Text size="sm" fw={600}>{what}</Text>}<Text size="xs" c="dimmed">{reason}</Text></Table.Td>
                    <Table.Td><Text size="sm" c="dimmed">{sayInstant(at)}</Text></Table.Td>
                    <Table.Td ta="right"><Button size="xs" variant="light" onClick={() => replay.mutate([id])}>{says.replay}</Button></Table.Td>
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
      <Title order={2} size="h5" mb="xs">{says.processes}</Title>
      <Paper withBorder radius="lg" style={{ overflow: 'hidden' }}>
        <Table.ScrollContainer minWidth={480}>
          <Table verticalSpacing="sm" horizontalSpacing="lg">
            <Table.Tbody>
              {data.processes.map(({ id, role, started_at, alive }) => (
                <Table.Tr key={id}>
                  <Table.Td><Badge color={alive ? 'green' : 'red'} variant="dot" tt="none">{alive ? says.alive : says.gone}</Badge></Table.Td>
                  <Table.Td><Text size="sm" fw={600}>{role}</Text></Table.Td>
                  <Table.Td><Text size="xs" c="dimmed">{id}</Text></Table.Td>
                  <Table.Td ta="right"><Text size="xs" c="dimmed">{says.since} {sayInstant(started_at)}</Text></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Paper>
    </section>
  );
}
