import { Anchor, Button, Grid, Group, SegmentedControl, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconPlus, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { Deed } from '../audit/Deed';
import { useMay } from '../session/asks';
import { Card } from '../ui/Card';
import { Page } from '../ui/Page';
import { Failure, Loading } from '../ui/States';
import { sayInstant } from '../words/formats';
import { askOverview, type Days, type Overview } from './asks';
import { CourseFigure } from './CourseFigure';
import { FirstStepsCard } from './FirstStepsCard';
import { Running } from './Running';
import { WaitingCard } from './WaitingCard';
import { says } from './words';

/** What happened lately, what runs, and what waits for somebody. */
export function HomePage() {
  const mayEdit = useMay('journeys:write');
  const [days, setDays] = useState<Days>('14');
  const { data, error, refetch } = useQuery(askOverview(days));
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const actions = mayEdit && (
    <Group gap="xs">
      <Button component={Link} to="/broadcasts/new" size="sm" variant="default" leftSection={<IconSend size={16} />}>{says.newBroadcast}</Button>
      <Button component={Link} to="/gallery" size="sm" leftSection={<IconPlus size={16} />}>{says.newJourney}</Button>
    </Group>
  );
  const span = <SegmentedControl size="xs" aria-label={says.span} value={days} onChange={(value) => setDays(value as Days)} data={[{ value: '14', label: says.last('14') }, { value: '30', label: says.last('30') }]} />;
  return (
    <Page title={says.title} more={says.more} actions={actions}>
      <Stack>
        <FirstStepsCard steps={data.first_steps} />
        <Group justify="flex-end" mb={-8}>{span}</Group>
        <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="sm">
          <CourseFigure label={says.events} course={data.events} />
          <CourseFigure label={says.entries} course={data.entries} />
          <CourseFigure label={says.messages} course={data.messages} />
          <CourseFigure label={says.goals} course={data.goals} />
        </SimpleGrid>
        <Grid gap="md">
          <Grid.Col span={{ base: 12, md: 7 }}><Stack><WaitingCard waiting={data.waiting} /><Recent recent={data.recent} /></Stack></Grid.Col>
          <Grid.Col span={{ base: 12, md: 5 }}><Running /></Grid.Col>
        </Grid>
      </Stack>
    </Page>
  );
}

function Recent({ recent }: Pick<Overview, 'recent'>) {
  const maySeeAll = useMay('settings:manage');
  return (
    <Card title={says.recent} actions={maySeeAll && <Anchor component={Link} to="/settings/audit" size="sm">{says.allDone}</Anchor>}>
      {recent.length === 0 ? <Text size="sm" c="dimmed">{says.nothingDone}</Text> : (
        <ul className="plain lines">
          {recent.map((done) => <li key={done.id}><Deed done={done} /><Text size="xs" c="dimmed">{sayInstant(done.at)}</Text></li>)}
        </ul>
      )}
    </Card>
  );
}
