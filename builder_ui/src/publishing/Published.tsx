import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';

import type { Answered, JourneyShown, Problem } from '../api/types';
import { Checks } from './Checks';
import { Filling } from './Filling';
import { says } from './words';

export type Done = Answered<'/api/v1/journeys/{key}/publish', 'post'>;

/** What publishing came to, and how far a backfill is. */
export function Published({ journey, done: { number, moved, warnings }, onClose }: { readonly journey: JourneyShown; readonly done: Done; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const sum = (pick: (place: Done['moved'][number]) => number) => moved.reduce((so, place) => so + pick(place), 0);
  const people = sum((place) => place.people);
  const released = sum(({ released: n }) => n);
  const left = sum(({ fate, people: n }) => (fate === 'exit' ? n : 0));
  return (
    <Stack py="xl" gap="md">
      <Stack align="center" gap="sm">
        <IconCircleCheck size={48} color="var(--mantine-color-green-6)" aria-hidden />
        <Text fw={650} size="lg" role="status">{says.published(number)}</Text>
        {people > 0 && <Text size="sm">{says.moved(people)}{left > 0 ? ` ${says.movedOut(left)}` : ''}{released > 0 ? ` ${says.movedOn(released)}` : ''}</Text>}
        {journey.state === 'paused' && <Text size="sm" c="dimmed">{says.stillPaused}</Text>}
        <Filling journeyKey={journey.key} />
      </Stack>
      {warnings.length > 0 && <Checks journey={journey} problems={warnings as unknown as readonly Problem[]} onClose={onClose} />}
      <Group justify="center">
        <Button variant="default" onClick={onClose}>{says.done}</Button>
        <Button onClick={() => { onClose(); void navigate({ to: `/journeys/${journey.key}`, search: { view: 'watch' } }); }}>{says.watch}</Button>
      </Group>
    </Stack>
  );
}
