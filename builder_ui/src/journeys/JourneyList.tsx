import { Anchor, Button, Group, NativeSelect, Paper, SimpleGrid, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconPlus, IconRoute, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import type { JourneySummary } from '../api/types';
import { useMay } from '../session/asks';
import { Page } from '../ui/Page';
import { SparkLine } from '../ui/SparkLine';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { sayInstant, sayNumber, sayShare } from '../words/formats';
import { askJourneys } from './asks';
import { AWAY, findJourneys, listFolders, type Sorting } from './finding';
import { RowMenu } from './RowMenu';
import { State } from './State';
import { says } from './words';

/** All journeys, with how many people are where. */
export function JourneyList() {
  const { data, error, refetch } = useQuery(askJourneys());
  const mayEdit = useMay('journeys:write');
  const [search, setSearch] = useState('');
  const [state, setState] = useState('all');
  const [folder, setFolder] = useState<string | null>(null);
  const [sorting, setSorting] = useState<Sorting>('name');
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const shown = findJourneys(data, { search, state, folder, sorting });
  const folders = listFolders(data);
  const create = mayEdit && <Button component={Link} to="/gallery" leftSection={<IconPlus size={16} />}>{says.create}</Button>;
  return (
    <Page title={says.title} more={says.more} actions={create}>
      {data.length === 0 ? (
        <Empty icon={IconRoute} title={says.none} action={mayEdit && <Button component={Link} to="/gallery" mt="sm">{says.begin}</Button>}>{says.noneMore}</Empty>
      ) : (
        <Stack gap="sm">
          <Group gap="sm">
            <TextInput value={search} onChange={(event) => setSearch(event.currentTarget.value)} placeholder={says.search} aria-label={says.search} leftSection={<IconSearch size={16} />} flex="1 1 200px" maw={320} />
            <NativeSelect aria-label={says.state} value={state} onChange={(event) => setState(event.currentTarget.value)}
              data={[{ value: 'all', label: says.all }, { value: 'live', label: 'live' }, { value: 'draft', label: says.draftState }, { value: 'paused', label: says.pausedState }, { value: 'stopped', label: says.stoppedState }, { value: AWAY, label: says.archived }]} />
            {folders.length > 0 && (
              <NativeSelect aria-label={says.folder} value={folder ?? '*'} onChange={(event) => setFolder(event.currentTarget.value === '*' ? null : event.currentTarget.value)}
                data={[{ value: '*', label: says.anyFolder }, ...folders.map((name) => ({ value: name, label: name })), { value: '', label: says.noFolder }]} />
            )}
            <NativeSelect aria-label={says.sort} value={sorting} onChange={(event) => setSorting(event.currentTarget.value as Sorting)}
              data={[{ value: 'name', label: says.byName }, { value: 'changed', label: says.byChanged }, { value: 'week', label: says.byWeek }, { value: 'inside', label: says.byInside }]} />
          </Group>
          {shown.length === 0 ? <Empty icon={IconSearch} title={says.notFound}>{says.notFoundMore}</Empty> : (
            <>
              <Paper withBorder radius="lg" visibleFrom="sm"><Rows journeys={shown} all={data} /></Paper>
              <Stack hiddenFrom="sm" gap="sm">{shown.map((journey) => <JourneyCard key={journey.key} journey={journey} all={data} />)}</Stack>
            </>
          )}
        </Stack>
      )}
    </Page>
  );
}

type Listed = { readonly journey: JourneySummary; readonly all: readonly JourneySummary[] };

function Rows({ journeys, all }: { readonly journeys: readonly JourneySummary[]; readonly all: readonly JourneySummary[] }) {
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{says.journey}</Table.Th>
          <Table.Th ta="right">{says.inside}</Table.Th>
          <Table.Th ta="right">{says.week}</Table.Th>
          <Table.Th ta="right">{says.goal}</Table.Th>
          <Table.Th visibleFrom="lg">{says.fortnight}</Table.Th>
          <Table.Th ta="right" visibleFrom="md">{says.updated}</Table.Th>
          <Table.Th w={40}><span className="unseen">{says.actions('')}</span></Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {journeys.map((journey) => (
          <Table.Tr key={journey.key}>
            <Table.Td maw={380}>
              <Group gap="sm"><Name journey={journey} /></Group>
              <Text size="xs" c="dimmed" truncate>{journey.description || journey.key}</Text>
            </Table.Td>
            <Table.Td ta="right" className="numbers">{sayNumber(journey.active)}</Table.Td>
            <Table.Td ta="right" className="numbers">{sayNumber(journey.entered_this_week)}</Table.Td>
            <Table.Td ta="right" className="numbers">{journey.has_goals ? sayShare(journey.reached, journey.entered) : '–'}</Table.Td>
            <Table.Td visibleFrom="lg"><Spark journey={journey} /></Table.Td>
            <Table.Td ta="right" visibleFrom="md"><Text size="sm" c="dimmed">{sayInstant(journey.updated_at)}</Text></Table.Td>
            <Table.Td><RowMenu journey={journey} all={all} /></Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Spark({ journey: { name, days } }: { readonly journey: JourneySummary }) {
  return <SparkLine values={days} label={says.entries(name, sayNumber(days.reduce((sum, n) => sum + n, 0)))} />;
}

function JourneyCard({ journey, all }: Listed) {
  const figures = [[says.inside, sayNumber(journey.active)], [says.week, sayNumber(journey.entered_this_week)], [says.goal, journey.has_goals ? sayShare(journey.reached, journey.entered) : '–']] as const;
  return (
    <Paper withBorder radius="lg" p="md">
      <Group justify="space-between" mb="xs" wrap="nowrap" align="flex-start"><Group gap="sm"><Name journey={journey} /></Group><RowMenu journey={journey} all={all} /></Group>
      <SimpleGrid cols={3}>
        {figures.map(([label, value]) => (
          <div key={label}>
            <Text size="xs" c="dimmed">{label}</Text>
            <Text fw={600} className="numbers">{value}</Text>
          </div>
        ))}
      </SimpleGrid>
    </Paper>
  );
}

function Name({ journey }: { readonly journey: JourneySummary }) {
  return (
    <>
      <Anchor component={Link} to={`/journeys/${journey.key}`} fw={600} c="var(--mantine-color-text)">{journey.name}</Anchor>
      <Group gap={6}>
        <State state={journey.state} version={journey.version} />
        {journey.has_changes && journey.version !== null && <Tag color="yellow">{says.draftChanges}</Tag>}
        {journey.folder && <Tag>{journey.folder}</Tag>}
      </Group>
    </>
  );
}
