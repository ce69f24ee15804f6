import { Alert, Box, Button, Group, Progress, ScrollArea, Stack, Text } from '@mantine/core';
import { IconAdjustments, IconAlertTriangle, IconFlask } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { Refused } from '../api/client';
import type { JourneyShown } from '../api/types';
import { JourneyCanvas } from '../canvas/JourneyCanvas';
import { findOpenDraft } from '../drafts/open';
import { isSame } from '../drafts/same';
import type { Journey } from '../generated/journey';
import { askClock, useSession } from '../session/asks';
import { Empty, Loading } from '../ui/States';
import { blankSetup, type Setup, writeAsked } from './asked';
import { simulate } from './asks';
import { findKept, keep } from './kept';
import { Result } from './Result';
import { SetupForm } from './SetupForm';
import { says } from './words';

/** The draft tried out: who would go where, and what would leave. */
export function TryView({ journey }: { readonly journey: JourneyShown }) {
  const isVirtual = useSession().instance.virtual_clock;
  const { data: clock } = useQuery({ ...askClock(), enabled: isVirtual });
  if (isVirtual && !clock) return <Loading />;
  return <Trying journeyKey={journey.key} document={findOpenDraft(journey.key)?.read().journey ?? journey.draft} now={clock ? new Date(clock.now) : new Date()} />;
}

function Trying({ journeyKey, document, now }: { readonly journeyKey: string; readonly document: Journey; readonly now: Date }) {
  const before = findKept(journeyKey);
  const [setup, setSetup] = useState<Setup>(before?.setup ?? blankSetup(document, writeLocal(now), Intl.DateTimeFormat().resolvedOptions().timeZone));
  const [tried, setTried] = useState(before?.tried ?? null);
  const [isAsking, setAsking] = useState(tried === null);
  const giveUp = useRef<AbortController | null>(null);
  useEffect(() => keep(journeyKey, { setup, tried }), [journeyKey, setup, tried]);
  useEffect(() => () => giveUp.current?.abort(), []);
  const run = useMutation({
    mutationFn: async () => {
      giveUp.current = new AbortController();
      return { document, told: await simulate(journeyKey, writeAsked(setup, document), giveUp.current.signal) };
    },
    onSuccess: (done) => {
      setTried(done);
      setAsking(false);
    },
  });
  const cancel = () => {
    giveUp.current?.abort();
    run.reset();
  };
  if (tried && !isAsking) {
    return <Result key={tried.told.begins_at + tried.told.until} tried={tried} name={nameOf(setup)} isSample={setup.whom === 'sample'} isOld={!isSame(tried.document, document)} onChange={() => setAsking(true)} onAgain={() => {
      setAsking(true);
      run.mutate();
    }} />;
  }
  return (
    <Box flex={1} mih={0} className="beside trying">
      <Box flex={1} miw={0} mih={0} className="tried-canvas">{(document.start ?? '') === '' ? <Empty icon={IconFlask} title={says.first}>{says.firstMore}</Empty> : <JourneyCanvas journey={document} chosen={null} choose={() => {}} />}</Box>
      <ScrollArea component="aside" aria-label={says.setup} w={{ base: '100%', sm: 380 }} h={{ base: 'auto', sm: '100%' }} bg="var(--mantine-color-body)" className="details">
        <Stack>
          {run.isPending ? <Running onCancel={cancel} /> : <SetupForm journey={document} setup={setup} onChange={setSetup} isRunning={run.isPending} onRun={() => run.mutate()} />}
          {run.error && <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />}>{sayFailure(run.error)}</Alert>}
          {tried && !run.isPending && <Button variant="subtle" leftSection={<IconAdjustments size={16} />} onClick={() => setAsking(false)}>{says.result}</Button>}
        </Stack>
      </ScrollArea>
    </Box>
  );
}

/** How long it has been going on, and a way to stop waiting. */
export function Running({ onCancel }: { readonly onCancel: () => void }) {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <Stack gap="sm">
      <Progress value={Math.min(96, 5 * seconds + 4)} animated aria-label={says.running(seconds)} />
      <Group justify="space-between"><Text size="sm" role="status">{says.running(seconds)}</Text><Button size="xs" variant="default" onClick={onCancel}>{says.cancel}</Button></Group>
    </Stack>
  );
}

/** What a described contact is called. */
function nameOf({ whom, attributes, contact }: Setup): string {
  if (whom === 'contact') return contact?.label ?? '';
  const find = (name: string) => attributes.find((row) => row.name === name)?.value;
  return find('name') ?? find('first_name') ?? find('email') ?? '';
}

function sayFailure(error: Error): string {
  return error instanceof Refused && error.code === 'too_much' ? says.tooLong : error.message;
}

/** The next full hour, as a field for local times holds it. */
function writeLocal(now: Date): string {
  const next = new Date(Math.ceil(now.getTime() / 3_600_000) * 3_600_000);
  return new Date(next.getTime() - next.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
