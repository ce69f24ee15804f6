import { Anchor, Group, Paper, Stack, Table, Text } from '@mantine/core';
import { IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import type { JourneySummary } from '../api/types';
import { Page } from '../ui/Page';
import { Tag } from '../ui/Tag';
import { Empty, Failure, Loading } from '../ui/States';
import { sayInstant } from '../words/formats';
import { askJourneys } from './asks';
import { State } from './State';

const FIGURES = [
  ['entered', 'Entered'],
  ['active', 'Inside now'],
  ['completed', 'Completed'],
  ['exited', 'Left early'],
] as const;

/** All journeys, with how many people are where. */
export function JourneyList() {
  const { data, error, refetch } = useQuery(askJourneys());
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Page title="Journeys" more="Every process that contacts pass through, and how many are where.">
      {data.length === 0 ? (
        <Empty icon={IconRoute} title="No journeys yet">
          Journeys are written as JSON and brought in with <code>sojourn journeys apply DIR</code>. The four examples are a good beginning.
        </Empty>
      ) : (
        <>
          <Paper withBorder radius="lg" visibleFrom="sm">
            <Rows journeys={data} />
          </Paper>
          <Stack hiddenFrom="sm" gap="sm">
            {data.map((journey) => <Card key={journey.key} journey={journey} />)}
          </Stack>
        </>
      )}
    </Page>
  );
}

function Rows({ journeys }: { readonly journeys: readonly JourneySummary[] }) {
  return (
    <Table verticalSpacing="sm" horizontalSpacing="lg" highlightOnHover>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Journey</Table.Th>
          {FIGURES.map(([, words]) => <Table.Th key={words} ta="right">{words}</Table.Th>)}
          <Table.Th ta="right">Updated</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {journeys.map((journey) => (
          <Table.Tr key={journey.key}>
            <Table.Td maw={420}>
              <Group gap="sm"><Name journey={journey} /></Group>
              <Text size="xs" c="dimmed" truncate>{journey.description || journey.key}</Text>
            </Table.Td>
            {FIGURES.map(([name]) => <Table.Td key={name} ta="right" className="numbers">{journey[name].toLocaleString()}</Table.Td>)}
            <Table.Td ta="right"><Text size="sm" c="dimmed">{sayInstant(journey.updated_at)}</Text></Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Card({ journey }: { readonly journey: JourneySummary }) {
  return (
    <Paper withBorder radius="lg" p="md">
      <Group justify="space-between" mb="xs"><Name journey={journey} /></Group>
      <Group gap="lg">
        {FIGURES.map(([name, words]) => (
          <div key={name}>
            <Text size="xs" c="dimmed">{words}</Text>
            <Text fw={600} className="numbers">{journey[name].toLocaleString()}</Text>
          </div>
        ))}
      </Group>
    </Paper>
  );
}

function Name({ journey }: { readonly journey: JourneySummary }) {
  return (
    <>
      <Anchor component={Link} to={`/journeys/${journey.key}`} fw={600} c="var(--mantine-color-text)">{journey.name}</Anchor>
      <Group gap={6}>
        <State state={journey.state} version={journey.version} />
        {journey.has_changes && journey.version !== null && <Tag color="yellow">draft changes</Tag>}
      </Group>
    </>
  );
}
