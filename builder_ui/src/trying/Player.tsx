import { ActionIcon, Box, Button, Group, Slider, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipBack, IconPlayerSkipForward } from '@tabler/icons-react';

import { type Frame, listDays } from './frames';
import { sayOnClock } from './said';
import type { Film } from './useFilm';
import { says } from './words';

/** So many days are marked on the scrubber without running into each other. */
const MOST_MARKS = 9;

/** The film's clock, its scrubber with days, and how to play, stop and step it. */
export function Player({ frames, film, zone }: { readonly frames: readonly Frame[]; readonly film: Film; readonly zone: string | undefined }) {
  useHotkeys([['space', film.toggle], ['ArrowRight', () => film.go(film.place + 1)], ['ArrowLeft', () => film.go(film.place - 1)]], ['INPUT', 'TEXTAREA', 'SELECT', 'BUTTON']);
  const frame = frames[film.place];
  if (!frame) return null;
  const days = listDays(frames);
  const every = Math.ceil(days.length / MOST_MARKS);
  const said = `${says.day(frame.day)} · ${sayOnClock(frame.at, zone)}`;
  return (
    <Box className="player" px="lg" pt="xs" pb={28}>
      <Group justify="space-between" wrap="nowrap" mb={4}>
        <Group gap={6} wrap="nowrap">
          <ActionIcon variant="default" size={30} aria-label={says.back} disabled={film.place === 0} onClick={() => film.go(film.place - 1)}><IconPlayerSkipBack size={16} /></ActionIcon>
          <ActionIcon variant="filled" size={34} radius="xl" aria-label={film.isPlaying ? says.pause : says.play} onClick={film.toggle}>{film.isPlaying ? <IconPlayerPause size={18} /> : <IconPlayerPlay size={18} />}</ActionIcon>
          <ActionIcon variant="default" size={30} aria-label={says.forward} disabled={film.place === film.length - 1} onClick={() => film.go(film.place + 1)}><IconPlayerSkipForward size={16} /></ActionIcon>
          <Button size="compact-sm" variant="subtle" color="gray" aria-label={`${says.speed}: ${says.times(film.speed)}`} onClick={film.hasten}>{says.times(film.speed)}</Button>
        </Group>
        <Text size="sm" fw={600} className="numbers" ta="right"><span role="status">{said}</span>{zone && <Text span size="xs" c="dimmed" visibleFrom="sm"> {zone}</Text>}</Text>
      </Group>
      <Slider size="sm" min={0} max={Math.max(1, film.length - 1)} value={film.place} onChange={film.go} label={null} classNames={{ markLabel: 'day-mark' }} thumbLabel={says.timeline} thumbSize={18}
        thumbProps={{ 'aria-valuetext': `${says.step(film.place + 1, film.length)}, ${said}` }} marks={days.filter((_, place) => place % every === 0).map(({ place, day }) => ({ value: place, label: says.day(day) }))} />
    </Box>
  );
}
