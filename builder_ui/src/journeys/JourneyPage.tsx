import { ActionIcon, Box, Group, SegmentedControl, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ComponentType, lazy, Suspense } from 'react';

import type { JourneyShown } from '../api/types';
import { Lifecycle } from '../publishing/Lifecycle';
import { Failure, Loading } from '../ui/States';
import { words } from '../words/language';
import { askJourney } from './asks';
import { State } from './State';

const says = words({
  en: { all: 'All journeys', view: 'View', watch: 'Watch', edit: 'Edit', try: 'Try' },
  de: { all: 'Alle Journeys', view: 'Ansicht', watch: 'Beobachten', edit: 'Bearbeiten', try: 'Testen' },
});
const HEAD = 56;
const TOP = 52;

/** The ways to look at one journey; each is loaded when it is first chosen. */
const VIEWS = {
  watch: { label: says.watch, View: lazy(async () => ({ default: (await import('../watching/WatchView')).WatchView })) },
  edit: { label: says.edit, View: lazy(async () => ({ default: (await import('../editing/EditView')).EditView })) },
  try: { label: says.try, View: lazy(async () => ({ default: (await import('../trying/TryView')).TryView })) },
} as const satisfies Readonly<Record<string, { readonly label: string; readonly View: ComponentType<{ readonly journey: JourneyShown }> }>>;
export type ViewName = keyof typeof VIEWS;

export function readView(name: unknown): ViewName | undefined {
  return typeof name === 'string' && Object.hasOwn(VIEWS, name) ? (name as ViewName) : undefined;
}

/** One journey: watched if it was ever published, else edited. */
export function JourneyPage() {
  const { key } = useParams({ from: '/journeys/$key' });
  const { view: asked } = useSearch({ from: '/journeys/$key' });
  const navigate = useNavigate({ from: '/journeys/$key' });
  const { data: journey, error, refetch } = useQuery(askJourney(key));
  if (error && !journey) return <Failure error={error} retry={() => void refetch()} />;
  if (!journey) return <Loading />;
  const name = readView(asked) ?? (journey.version ? 'watch' : 'edit');
  const { View } = VIEWS[name];
  return (
    <Box h={`calc(100dvh - ${TOP}px)`} style={{ display: 'flex', flexDirection: 'column' }}>
      <Group mih={HEAD} px="md" py={6} gap={6} justify="space-between" className="journey-head" style={{ borderBottom: '1px solid var(--mantine-color-default-border)' }}>
        <Group gap="sm" wrap="nowrap" miw={0}>
          <ActionIcon component={Link} to="/journeys" variant="subtle" color="gray" aria-label={says.all}><IconArrowLeft size={18} /></ActionIcon>
          <Title order={1} size="h5" style={{ whiteSpace: 'nowrap', overflow: 'hidden', textOverflow: 'ellipsis' }}>{journey.name}</Title>
          <State state={journey.state} version={journey.version?.number ?? null} />
        </Group>
        <Group gap="sm" wrap="nowrap">
          <SegmentedControl size="xs" value={name} onChange={(view) => void navigate({ search: { view } })} aria-label={says.view}
            data={Object.entries(VIEWS).map(([value, { label }]) => ({ value, label }))} />
          <Lifecycle journey={journey} />
        </Group>
      </Group>
      <Suspense fallback={<Loading />}><View key={key} journey={journey} /></Suspense>
    </Box>
  );
}
