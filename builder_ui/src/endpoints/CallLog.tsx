import { Button, Group, Modal, NativeSelect, Paper, SegmentedControl, Stack, Table, Text, Title, UnstyledButton } from '@mantine/core';
import { IconRefresh, IconWebhook } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { useNow } from '../questions/useNow';
import { useMay } from '../session/asks';
import type { EndpointShown } from '../settings/asks';
import { Older } from '../ui/Older';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellDone, tellFailure } from '../ui/tell';
import { sayAgo, sayFully, sayInstant, sayNumber } from '../words/formats';
import { askCalls, type CallItem, type Fate, replaySince } from './asks';
import { CallDetails } from './CallDetails';
import { colorOf, hoursBefore, sayTook } from './told';
import { says } from './words';

/** Every try of an endpoint's calls, the newest first. */
export function CallLog({ endpoint: { key, failed } }: { readonly endpoint: EndpointShown }) {
  const [fate, choose] = useState<Fate>('all');
  const [shown, show] = useState<CallItem | null>(null);
  const [isAsking, ask] = useState(false);
  const mayReplay = useMay('journeys:publish');
  const calls = useInfiniteQuery(askCalls(key, fate));
  const { data, error, refetch } = calls;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="calls">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4" id="calls">{says.calls}</Title>
        <Group gap="xs">
          <SegmentedControl size="xs" aria-label={says.fate} value={fate} onChange={(value) => choose(value as Fate)} data={[{ value: 'all', label: says.all }, { value: 'failed', label: says.onlyFailed }, { value: 'succeeded', label: says.onlyGood }]} />
          {mayReplay && failed > 0 && <Button size="xs" variant="default" leftSection={<IconRefresh size={14} />} onClick={() => ask(true)}>{says.replayFailed}</Button>}
        </Group>
      </Group>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : items.length === 0 ? (
        <Empty icon={IconWebhook} title={fate === 'all' ? says.none : says.noneOfThese}>{fate === 'all' ? says.noneMore : says.noneOfTheseMore}</Empty>
      ) : (
        <Paper withBorder radius="lg" style={{ overflow: 'hidden' }} aria-busy={calls.isPlaceholderData}>
          <Rows items={items} show={show} />
          <Cards items={items} show={show} />
          <Older query={calls} />
        </Paper>
      )}
      {shown && <CallDetails endpoint={key} item={shown} onClose={() => show(null)} />}
      {isAsking && <ReplayFailed endpoint={key} onClose={() => ask(false)} />}
    </section>
  );
}

type Shown = { readonly items: readonly CallItem[]; readonly show: (item: CallItem) => void };

function Rows({ items, show }: Shown) {
  const now = useNow();
  return (
    <Table verticalSpacing={8} horizontalSpacing="md" highlightOnHover layout="fixed" visibleFrom="sm">
      <Table.Thead>
        <Table.Tr><Table.Th w={170}>{says.when}</Table.Th><Table.Th>{says.from}</Table.Th><Table.Th>{says.answered}</Table.Th><Table.Th w={90} ta="right">{says.took}</Table.Th><Table.Th w={100} ta="right">{says.attempt}</Table.Th><Table.Th w={175} ta="right" visibleFrom="md">{says.nextTry}</Table.Th></Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <Table.Tr key={item.id}>
            <Table.Td><UnstyledButton className="call-when" onClick={() => show(item)} aria-label={says.look(sayInstant(item.at))} title={sayFully(item.at)}><Text size="sm" fw={600}>{sayInstant(item.at)}</Text></UnstyledButton></Table.Td>
            <Table.Td><Text size="sm" truncate>{item.journey_name}</Text><Text size="xs" c="dimmed" truncate>{item.node}</Text></Table.Td>
            <Table.Td><Outcome item={item} /></Table.Td>
            <Table.Td ta="right"><Text size="sm" c="dimmed">{sayTook(item.took_ms)}</Text></Table.Td>
            <Table.Td ta="right"><Text size="sm" c="dimmed">{sayTry(item)}</Text></Table.Td>
            <Table.Td ta="right" visibleFrom="md"><Text size="sm" c="dimmed" title={item.next_at ? sayFully(item.next_at) : undefined}>{item.next_at ? sayAgo(item.next_at, now) : says.noNext}</Text></Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Cards({ items, show }: Shown) {
  return (
    <Stack gap={0} component="ul" className="plain" hiddenFrom="sm">
      {items.map((item) => (
        <li key={item.id}>
          <UnstyledButton w="100%" p="sm" onClick={() => show(item)} aria-label={says.look(sayInstant(item.at))}>
            <Group justify="space-between" wrap="nowrap"><Text size="sm" fw={600}>{sayInstant(item.at)}</Text><Text size="xs" c="dimmed">{`${sayTry(item)} · ${sayTook(item.took_ms)}`}</Text></Group>
            <Text size="xs" c="dimmed" truncate mb={4}>{[item.journey_name, item.node].filter(Boolean).join(' · ')}</Text>
            <Outcome item={item} />
          </UnstyledButton>
        </li>
      ))}
    </Stack>
  );
}

function Outcome({ item }: { readonly item: CallItem }) {
  const isPlain = item.verdict === 'accepted' || item.words === `answered ${item.status}`;
  return (
    <>
      <Tag color={colorOf(item)}>{item.status === null ? says.silent : String(item.status)}</Tag>
      {!isPlain && <Text size="xs" c="dimmed" lineClamp={1}>{item.words}</Text>}
    </>
  );
}

function sayTry({ attempt, of }: CallItem): string {
  return says.of(sayNumber(attempt), sayNumber(of));
}

function ReplayFailed({ endpoint, onClose }: { readonly endpoint: string; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [hours, choose] = useState('24');
  const [count, tell] = useState(0);
  const replay = useMutation({
    mutationFn: () => replaySince(endpoint, hoursBefore(Date.now(), Number(hours)), tell),
    onSuccess: (all) => { tellDone(says.putBack(sayNumber(all))); onClose(); },
    onError: tellFailure,
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['endpoints'] }), queries.invalidateQueries({ queryKey: ['endpoint-calls', endpoint] })]),
  });
  return (
    <Modal opened onClose={onClose} title={says.replayFailed} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Text size="sm">{says.replayMore}</Text>
        <NativeSelect label={says.sinceWhen} value={hours} onChange={(event) => choose(event.currentTarget.value)} data={Object.entries(says.spans).map(([value, label]) => ({ value, label }))} />
        <Group justify="flex-end">
          {replay.isPending && <Text size="sm" c="dimmed" role="status">{says.soFar(sayNumber(count))}</Text>}
          <Button variant="default" onClick={onClose}>{says.cancel}</Button><Button loading={replay.isPending} onClick={() => replay.mutate()}>{says.replay}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
