import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core';
import { IconDotsVertical, IconHelp, IconPlayerPause, IconPlayerPlay, IconPlayerStop, IconRocket, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';

import type { JourneyShown } from '../api/types';
import { useMay } from '../session/asks';
import { Opening } from '../ui/Opening';
import { Tag } from '../ui/Tag';
import { sayInstant } from '../words/formats';
import { Pause, Remove, Resume, Stop } from './Dialogs';
import { says } from './words';

const PublishReview = lazy(() => import('./PublishReview'));
const WhyDrawer = lazy(() => import('../why/WhyDrawer'));

type Open = 'why' | 'publish' | 'pause' | 'resume' | 'stop' | 'remove';

/** Where a journey stands, and what may be done with it as a whole. */
export function Lifecycle({ journey }: { readonly journey: JourneyShown }) {
  const [open, setOpen] = useState<Open | null>(null);
  const may = useMay('journeys:publish');
  const mayAsk = useMay('contacts:read');
  const close = () => setOpen(null);
  const isPaused = journey.state === 'paused' || journey.entries_paused || journey.sends_paused;
  const isRunning = journey.state === 'live' || journey.state === 'paused';
  return (
    <Group gap={6} wrap="nowrap">
      {journey.paused_at && journey.state === 'paused' && <Tooltip label={says.pausedSince(sayInstant(journey.paused_at), journey.paused_by ?? journey.paused_for ?? '')}><span className="shown-wide"><Tag color="orange">{says.pausedSince(sayInstant(journey.paused_at), '')}</Tag></span></Tooltip>}
      {journey.entries_paused && <span className="shown-wide"><Tag color="orange">{says.entriesPaused}</Tag></span>}
      {journey.sends_paused && <span className="shown-wide"><Tag color="orange">{says.sendsPaused}</Tag></span>}
      {mayAsk && journey.state !== 'draft' && <Tooltip label={says.why}><ActionIcon variant="default" size={30} aria-label={says.why} onClick={() => setOpen('why')}><IconHelp size={17} /></ActionIcon></Tooltip>}
      {may && (
        <>
          <Button size="xs" leftSection={<IconRocket size={15} />} onClick={() => setOpen('publish')} visibleFrom="xs">{says.publish}</Button>
          <ActionIcon variant="filled" size={30} onClick={() => setOpen('publish')} hiddenFrom="xs" aria-label={says.publish}><IconRocket size={16} /></ActionIcon>
          <Menu position="bottom-end">
            <Menu.Target><ActionIcon variant="default" size={30} aria-label={says.lifecycle}><IconDotsVertical size={16} /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              {journey.state === 'paused' && journey.paused_at && <Menu.Label>{says.pausedSince(sayInstant(journey.paused_at), journey.paused_by ?? journey.paused_for ?? '')}</Menu.Label>}
              {journey.entries_paused && <Menu.Label>{says.entriesPaused}</Menu.Label>}
              {journey.sends_paused && <Menu.Label>{says.sendsPaused}</Menu.Label>}
              {journey.state === 'live' && <Menu.Item leftSection={<IconPlayerPause size={16} />} onClick={() => setOpen('pause')}>{says.pause}</Menu.Item>}
              {isPaused && <Menu.Item leftSection={<IconPlayerPlay size={16} />} onClick={() => setOpen('resume')}>{says.resume}</Menu.Item>}
              {isRunning && <Menu.Item leftSection={<IconPlayerStop size={16} />} onClick={() => setOpen('stop')}>{says.stop}</Menu.Item>}
              {!isRunning && <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setOpen('remove')}>{says.remove}</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        </>
      )}
      {open === 'why' && <Suspense fallback={<Opening />}><WhyDrawer journeyKey={journey.key} onClose={close} /></Suspense>}
      {open === 'publish' && <Suspense fallback={<Opening />}><PublishReview journey={journey} onClose={close} /></Suspense>}
      {open === 'pause' && <Pause journey={journey} onClose={close} />}
      {open === 'resume' && <Resume journey={journey} onClose={close} />}
      {open === 'stop' && <Stop journey={journey} onClose={close} />}
      {open === 'remove' && <Remove journey={journey} onClose={close} />}
    </Group>
  );
}
