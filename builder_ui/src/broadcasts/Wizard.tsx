import './broadcasts.css';

import { Alert, Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { Refused } from '../api/client';
import { askNames } from '../fields/asks';
import type { Journey } from '../generated/journey';
import { askJourneys } from '../journeys/asks';
import { keyFromName } from '../journeys/keys';
import { askClock } from '../session/asks';
import { Loading } from '../ui/States';
import { tellDone } from '../ui/tell';
import { saveBroadcast, sendBroadcast } from './asks';
import { CheckStep } from './CheckStep';
import { findLack, type Plan, type Step, STEPS, writeDocument } from './plan';
import { WhatStep } from './WhatStep';
import { WhenStep } from './WhenStep';
import { WhoStep } from './WhoStep';
import { says } from './words';

/** Who, what, when, check and send: one after the other, and back at will. */
export function Wizard({ broadcastKey, first, base, revision, zone, reload }: {
  /** Null: it is not kept yet, and its key follows from its name. */
  readonly broadcastKey: string | null;
  readonly first: Plan;
  readonly base: Journey | null;
  readonly revision: number;
  readonly zone: string;
  readonly reload: () => void;
}) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { data: journeys } = useQuery({ ...askJourneys(), refetchInterval: false });
  const { data: names } = useQuery(askNames());
  const { data: clock } = useQuery(askClock());
  const [plan, setPlan] = useState(first);
  const [step, setStep] = useState<Step>('who');
  const [isTold, setTold] = useState(false);
  const [kept, setKept] = useState(revision);
  const implied = new Set((names?.topics ?? []).filter(({ kind }) => kind === 'implied').map(({ key }) => key));
  const key = broadcastKey ?? keyFromName(plan.name.trim() || 'broadcast', new Set([...(journeys ?? []).map((one) => one.key), 'new']));
  const now = () => (clock ? Date.parse(clock.now) : Date.now());
  const document = writeDocument(key, plan, implied, now(), base);
  const refresh = () => Promise.all([['broadcasts'], ['broadcast', key], ['journeys'], ['journey', key], ['overview']].map((queryKey) => queries.invalidateQueries({ queryKey })));
  const keep = async () => {
    const saved = await saveBroadcast(document, kept);
    setKept(saved.revision);
    return saved.revision;
  };
  const save = useMutation({
    mutationFn: keep,
    onSuccess: async () => {
      tellDone(says.saved);
      await refresh();
      if (broadcastKey === null) await navigate({ to: `/broadcasts/${key}` });
    },
  });
  const send = useMutation({
    mutationFn: async () => sendBroadcast(key, await keep(), plan.when.kind === 'now'),
    onSuccess: async () => {
      tellDone(plan.when.kind === 'now' ? says.isSent : says.isScheduled);
      await refresh();
      await navigate({ to: `/broadcasts/${key}` });
    },
  });
  if (!journeys || !names) return <Loading />;
  const place = STEPS.indexOf(step);
  const lack = findLack(step, plan, now());
  const go = (to: Step) => {
    setTold(false);
    setStep(to);
  };
  const forward = () => (lack === null ? go(STEPS[place + 1] ?? 'check') : setTold(true));
  const reached = STEPS.findIndex((one) => findLack(one, plan, now()) !== null);
  const error = send.error ?? save.error;
  const isConflict = error instanceof Refused && error.status === 409;
  return (
    <Stack maw={980}>
      <Steps step={step} last={reached === -1 ? STEPS.length - 1 : reached} go={go} />
      {error && <Alert color="red" variant="light"><Group gap="sm"><Text size="sm">{isConflict && broadcastKey !== null ? says.conflict : error.message}</Text>{isConflict && broadcastKey !== null && <Button size="compact-xs" variant="default" onClick={reload}>{says.load}</Button>}</Group></Alert>}
      {step === 'who' && <WhoStep plan={plan} change={setPlan} implied={implied} />}
      {step === 'what' && <WhatStep plan={plan} change={setPlan} />}
      {step === 'when' && <WhenStep plan={plan} change={setPlan} zone={zone} now={now()} />}
      {step === 'check' && <CheckStep plan={plan} broadcastKey={key} document={document} implied={implied} isSending={send.isPending} send={() => send.mutate()} />}
      {isTold && lack !== null && <Text size="sm" c="red" role="alert">{says.lacks[lack]}</Text>}
      <Group justify="space-between" {...(step === 'check' ? {} : { className: 'foot' })}>
        <Button variant="default" disabled={place === 0} onClick={() => go(STEPS[place - 1] ?? 'who')}>{says.back}</Button>
        <Group gap="xs">
          <Button variant="subtle" color="gray" loading={save.isPending} disabled={findLack('who', plan, now()) !== null || !plan.template} onClick={() => save.mutate()}>{says.saveDraft}</Button>
          {step !== 'check' && <Button onClick={forward}>{says.next}</Button>}
        </Group>
      </Group>
    </Stack>
  );
}

function Steps({ step, last, go }: { readonly step: Step; /** The place of the first that lacks something. */ readonly last: number; readonly go: (step: Step) => void }) {
  const place = STEPS.indexOf(step);
  return (
    <nav aria-label={says.stepsLabel}>
      <ol className="plain wizard-steps">
        {STEPS.map((one, at) => (
          <li key={one}>
            <UnstyledButton className={`wizard-step${one === step ? ' current' : ''}`} aria-label={says.steps[one]} aria-current={one === step ? 'step' : undefined} disabled={at > last} onClick={() => go(one)}>
              <span className="step-number" aria-hidden>{at < place && at < last ? <IconCheck size={14} /> : at + 1}</span>
              <span className="step-name">{says.steps[one]}</span>
            </UnstyledButton>
          </li>
        ))}
      </ol>
      <Text className="unseen" role="status">{says.step(place + 1, STEPS.length)}: {says.steps[step]}</Text>
    </nav>
  );
}
