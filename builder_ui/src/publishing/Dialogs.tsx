import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';

import { answer, api } from '../api/client';
import type { JourneyShown } from '../api/types';
import { forgetDraft } from '../drafts/open';
import { RadioCards } from '../ui/RadioCards';
import { tellDone } from '../ui/tell';
import { sayNumber } from '../words/formats';
import { says } from './words';

type Props = { readonly journey: JourneyShown; readonly onClose: () => void };
type Part = 'all' | 'entries' | 'sends';
type Waits = 'shift' | 'keep' | 'drop' | 'restart_wait';

/** Pausing, with what may be paused. */
export function Pause({ journey, onClose }: Props) {
  const [what, setWhat] = useState<Part>('all');
  const pause = useChange(journey.key, () => answer(api.POST('/api/v1/journeys/{key}/pause', { params: { path: { key: journey.key } }, body: { what } })), onClose);
  return (
    <Dialog title={says.pauseTitle} does={says.pauseNow} doing={pause} onClose={onClose}>
      <RadioCards label={says.pauseTitle} hides value={what} onChange={setWhat} choices={list(says.pauseWhat)} />
    </Dialog>
  );
}

/** Going on, with what the pause did to those who waited. */
export function Resume({ journey, onClose }: Props) {
  const what: Part = journey.state === 'paused' ? 'all' : journey.entries_paused ? 'entries' : 'sends';
  const [waits, setWaits] = useState<Waits | null>(null);
  const body = what === 'all' ? { what, waits, per_minute: 500 } : { what, per_minute: 500 };
  const resume = useChange(journey.key, async () => {
    const { released, dropped } = await answer(api.POST('/api/v1/journeys/{key}/resume', { params: { path: { key: journey.key } }, body }));
    tellDone(says.resumed(sayNumber(released), sayNumber(dropped)));
  }, onClose);
  return (
    <Dialog title={says.resumeTitle} does={says.resumeNow} doing={resume} isOff={what === 'all' && waits === null} onClose={onClose}>
      <Text size="sm">{says.insideNow(journey.inside)}{journey.overdue === null ? '' : ` ${says.overdue(journey.overdue)}`}</Text>
      {what === 'all' ? <RadioCards label={says.resumeWaits} value={waits} onChange={setWaits} choices={list(says.waits)} /> : <Text size="sm">{what === 'entries' ? says.entriesPaused : says.sendsPaused}.</Text>}
    </Dialog>
  );
}

/** Stopping: those inside finish, or not. */
export function Stop({ journey, onClose }: Props) {
  const [mode, setMode] = useState<'drain' | 'now'>('drain');
  const stop = useChange(journey.key, async () => {
    const { ended } = await answer(api.POST('/api/v1/journeys/{key}/stop', { params: { path: { key: journey.key } }, body: { mode } }));
    tellDone(says.stopped(ended));
  }, onClose);
  return (
    <Dialog title={says.stopTitle} does={says.stopNow} doing={stop} isGrave onClose={onClose}>
      <Text size="sm">{says.insideNow(journey.inside)} {says.again}</Text>
      <RadioCards label={says.stopTitle} hides value={mode} onChange={setMode} choices={list(says.stopModes)} />
    </Dialog>
  );
}

/** Deleting, once its key has been typed. */
export function Remove({ journey, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const navigate = useNavigate();
  const remove = useChange(journey.key, async () => {
    await answer(api.DELETE('/api/v1/journeys/{key}', { params: { path: { key: journey.key } } }));
    forgetDraft(journey.key);
    tellDone(says.removed2);
    await navigate({ to: '/journeys' });
  }, onClose);
  return (
    <Dialog title={says.removeTitle} does={says.removeNow} doing={remove} isGrave isOff={typed !== journey.key} onClose={onClose}>
      <TextInput label={says.removeMore} placeholder={journey.key} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} data-autofocus />
    </Dialog>
  );
}

function useChange(key: string, change: () => Promise<unknown>, onDone: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async () => {
      onDone();
      await Promise.all([['journeys'], ['journey', key], ['report', key]].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
  });
}

function Dialog({ title, does, doing, isGrave = false, isOff = false, onClose, children }: {
  readonly title: string;
  readonly does: string;
  readonly doing: { readonly mutate: () => void; readonly isPending: boolean; readonly error: Error | null };
  readonly isGrave?: boolean;
  readonly isOff?: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        {children}
        {doing.error && <Alert color="red" variant="light">{doing.error.message}</Alert>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>{says.cancel}</Button>
          <Button color={isGrave ? 'red' : 'indigo'} loading={doing.isPending} disabled={isOff} onClick={() => doing.mutate()}>{does}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function list<Value extends string>(said: Readonly<Record<Value, readonly [string, string]>>) {
  return (Object.entries(said) as [Value, readonly [string, string]][]).map(([value, [label, more]]) => ({ value, label, more }));
}
