import { ActionIcon, Box, Code, Group, ScrollArea, SegmentedControl, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { JourneyCanvas } from '../canvas/JourneyCanvas';
import { Failure, Loading } from '../ui/States';
import { askJourney, askReport } from './asks';
import { Panel } from '../watching/Panel';
import { State } from './State';

const HEAD = 56;
const TOP = 52;

/** One journey: its graph with live counts, and the document behind it. */
export function JourneyPage() {
  const { key } = useParams({ from: '/journeys/$key' });
  const [view, setView] = useState('graph');
  const [chosen, choose] = useState<string | null>(null);
  const { data: journey, error, refetch } = useQuery(askJourney(key));
  const { data: report } = useQuery(askReport(key));
  if (error && !journey) return <Failure error={error} retry={() => void refetch()} />;
  if (!journey) return <Loading />;
  const document = journey.version?.document ?? journey.draft;
  return (
    <Box h={`calc(100dvh - ${TOP}px)`} style={{ display: 'flex', flexDirection: 'column' }}>
      <Group h={HEAD} px="md" justify="space-between" wrap="nowrap" style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}>
        <Group gap="sm" wrap="nowrap" miw={0}>
          <ActionIcon component={Link} to="/journeys" variant="subtle" color="gray" aria-label="All journeys"><IconArrowLeft size={18} /></ActionIcon>
          <Title order={1} size="h5" style={{ whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' }}>{journey.name}</Title>
          <State state={journey.state} version={journey.version?.number ?? null} />
          {report && <Text size="sm" c="dimmed" className="numbers" visibleFrom="md">{report.active.toLocaleString()} inside now</Text>}
        </Group>
        <SegmentedControl size="xs" value={view} onChange={setView} data={[{ value: 'graph', label: 'Graph' }, { value: 'json', label: 'JSON' }]} />
      </Group>
      {view === 'json' ? (
        <ScrollArea flex={1}><Code block m="md">{JSON.stringify(document, null, 2)}</Code></ScrollArea>
      ) : (
        <Box flex={1} mih={0} className="beside">
          <Box flex={1} miw={0} mih={0}><JourneyCanvas journey={document} report={report ?? null} chosen={chosen} choose={choose} /></Box>
          <ScrollArea component="aside" aria-label="Details" w={{ base: '100%', sm: 320 }} h={{ base: '40%', sm: '100%' }} bg="var(--mantine-color-body)" className="details">
            <Panel journey={document} report={report ?? null} chosen={chosen} />
          </ScrollArea>
        </Box>
      )}
    </Box>
  );
}
