import { Alert, Anchor, Button, Group, Modal, Paper, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconUsersGroup } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useId, useState } from 'react';

import type { Condition } from '../generated/journey';
import { sayCondition } from '../graph/words';
import { keyFromName } from '../journeys/keys';
import { isChosen } from '../rules/edit';
import { RuleBuilder } from '../rules/RuleBuilder';
import { useMay } from '../session/asks';
import { findChoices } from '../ui/Chooser';
import { Page } from '../ui/Page';
import { SparkLine } from '../ui/SparkLine';
import { Empty, Failure, Loading } from '../ui/States';
import { sayInstant, sayNumber } from '../words/formats';
import { askSegments, saveSegment, type Segment } from './asks';
import { UsedBy } from './UsedBy';
import { says } from './words';

/** All segments, with their sizes. */
export function SegmentList() {
  const { data, error, refetch } = useQuery(askSegments());
  const mayEdit = useMay('journeys:write');
  const [search, setSearch] = useState('');
  const [isMaking, setMaking] = useState(false);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const found = findChoices(data.map((item) => ({ ...item, id: item.key, label: item.name, more: item.key })), search);
  const create = mayEdit && <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>{says.create}</Button>;
  return (
    <Page title={says.title} more={says.more} actions={create}>
      {data.length === 0 ? <Empty icon={IconUsersGroup} title={says.none}>{says.noneMore}</Empty> : (
        <Stack gap="sm">
          <TextInput value={search} onChange={(event) => setSearch(event.currentTarget.value)} placeholder={says.search} aria-label={says.search} leftSection={<IconSearch size={16} />} maw={320} />
          {found.length === 0 ? <Empty icon={IconSearch} title={says.notFound}>{says.notFoundMore}</Empty> : (
            <Paper withBorder radius="lg">
              <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
                <Table.Thead><Table.Tr><Table.Th>{says.name}</Table.Th><Table.Th ta="right">{says.size}</Table.Th><Table.Th visibleFrom="md">{says.sizes}</Table.Th><Table.Th visibleFrom="sm">{says.usedBy}</Table.Th><Table.Th ta="right" visibleFrom="lg">{says.changed}</Table.Th></Table.Tr></Table.Thead>
                <Table.Tbody>{found.map((item) => <Row key={item.key} segment={item} />)}</Table.Tbody>
              </Table>
            </Paper>
          )}
        </Stack>
      )}
      {isMaking && <Make taken={new Set(data.map(({ key }) => key))} onClose={() => setMaking(false)} />}
    </Page>
  );
}

function Row({ segment }: { readonly segment: Segment }) {
  return (
    <Table.Tr>
      <Table.Td className="squeezed">
        <Anchor component={Link} to={`/segments/${segment.key}`} fw={600} c="var(--mantine-color-text)">{segment.name}</Anchor>
        <Text size="xs" c="dimmed" truncate>{sayCondition(segment.condition)}</Text>
      </Table.Td>
      <Table.Td ta="right" className="numbers">{segment.refreshed_at === null ? <Text size="sm" c="dimmed">{says.finding}</Text> : sayNumber(segment.size)}</Table.Td>
      <Table.Td visibleFrom="md"><Grown segment={segment} /></Table.Td>
      <Table.Td visibleFrom="sm"><UsedBy segment={segment} /></Table.Td>
      <Table.Td ta="right" visibleFrom="lg"><Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>{sayInstant(segment.updated_at)}</Text></Table.Td>
    </Table.Tr>
  );
}

/** Its sizes by day where they are known, else when those joined who are in it. */
function Grown({ segment: { name, sizes, joined } }: { readonly segment: Segment }) {
  const known = sizes.filter((size) => size !== null);
  if (known.length < 2) return <SparkLine values={joined} label={says.joinedOf(name, sayNumber(joined.reduce((sum, n) => sum + n, 0)))} />;
  return <SparkLine values={known} label={says.sizesOf(name, sayNumber(known[0]!), sayNumber(known.at(-1)!))} />;
}

const FIRST: Condition = { all: [{ attribute: '', op: 'exists' }] } as unknown as Condition;

function Make({ taken, onClose }: { readonly taken: ReadonlySet<string>; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [condition, setCondition] = useState<Condition>(FIRST);
  const form = useId();
  const key = keyFromName(name, taken);
  const isReady = name.trim() !== '' && isChosen(condition);
  const make = useMutation({
    mutationFn: () => saveSegment(key, name.trim(), condition, 0),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['segments'] });
      await navigate({ to: `/segments/${key}` });
    },
  });
  return (
    <Modal opened onClose={onClose} title={says.create} size="lg" closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        {/* The rules stand outside: Enter in one of their fields chooses there, and makes no segment. */}
        <form id={form} onSubmit={(event) => { event.preventDefault(); if (isReady) make.mutate(); }}>
          <TextInput label={says.name} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={120} data-autofocus {...(name ? { description: `${says.key}: ${key}` } : {})} />
        </form>
        <RuleBuilder condition={condition} change={setCondition} scope={{ journey: null }} />
        {make.error && <Alert color="red" variant="light">{make.error.message}</Alert>}
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" form={form} loading={make.isPending} disabled={!isReady}>{says.make}</Button></Group>
      </Stack>
    </Modal>
  );
}
