import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import type { JourneySummary } from '../api/types';
import { askJourneys } from '../journeys/asks';
import { Card } from '../ui/Card';
import { SparkLine } from '../ui/SparkLine';
import { Loading } from '../ui/States';
import { sayNumber } from '../words/formats';
import { isRunning } from './course';
import { says } from './words';

const MOST = 6;

/** The journeys that let people in, those with most people first. */
export function Running() {
  const { data } = useQuery(askJourneys());
  const running = (data ?? []).filter(isRunning).toSorted((one, other) => other.active - one.active || other.entered_this_week - one.entered_this_week);
  return (
    <Card title={says.running} actions={<Anchor component={Link} to="/journeys" size="sm">{says.allJourneys}</Anchor>}>
      {!data ? <Loading /> : running.length === 0 ? (
        <Stack gap="xs" align="flex-start">
          <Text size="sm" fw={600}>{says.noneRunning}</Text>
          <Text size="sm" c="dimmed">{says.noneRunningMore}</Text>
          <Button component={Link} to="/gallery" size="xs" variant="light">{says.toGallery}</Button>
        </Stack>
      ) : <ul className="plain lines">{running.slice(0, MOST).map((journey) => <li key={journey.key}><Row journey={journey} /></li>)}</ul>}
    </Card>
  );
}

function Row({ journey: { key, name, active, entered_this_week, days } }: { readonly journey: JourneySummary }) {
  return (
    <Group wrap="nowrap" justify="space-between" gap="sm">
      <div className="grow">
        <Anchor component={Link} to={`/journeys/${key}`} size="sm" fw={600} c="var(--mantine-color-text)" truncate display="block">{name}</Anchor>
        <Text size="xs" c="dimmed" className="numbers">{sayNumber(active)} {says.inside} · {sayNumber(entered_this_week)} {says.week}</Text>
      </div>
      <SparkLine values={days} label={says.line(name, sayNumber(days.reduce((sum, n) => sum + n, 0)), String(days.length))} />
    </Group>
  );
}
