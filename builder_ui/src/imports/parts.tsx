import '../broadcasts/broadcasts.css';
import './imports.css';

import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';

import { Card } from '../ui/Card';
import { Tag, type TagColor } from '../ui/Tag';
import { sayNumber } from '../words/formats';
import type { ImportShown } from './asks';
import { says } from './words';

const COLORS: Readonly<Record<ImportShown['state'], TagColor>> = { coming: 'gray', ready: 'gray', checking: 'indigo', checked: 'indigo', running: 'indigo', done: 'green', cancelled: 'orange' };

export function StateTag({ state }: { readonly state: ImportShown['state'] }) {
  return <Tag color={COLORS[state]}>{says.states[state]}</Tag>;
}

/** How far one has come, from the file to the report. */
export function Steps({ place }: { readonly place: number }) {
  return (
    <nav aria-label={says.stepsLabel}>
      <ol className="plain wizard-steps">
        {says.steps.map((name, at) => (
          <li key={name}>
            <span className={`wizard-step${at === place ? ' current' : ''}`} aria-current={at === place ? 'step' : undefined}>
              <span className="step-number" aria-hidden>{at < place ? <IconCheck size={14} /> : at + 1}</span>
              <span className="step-name">{name}</span>
            </span>
          </li>
        ))}
      </ol>
      <Text className="unseen" role="status">{says.step(place + 1, says.steps.length)}: {says.steps[place]}</Text>
    </nav>
  );
}

/** What it does to those who are there already. */
export function Doing({ isList }: { readonly isList: boolean }) {
  const lines = isList ? [says.doesList] : [says.doesMerge, says.doesFill, says.doesNoJourney, says.noLift, says.doesSuppressed];
  return (
    <Card title={says.does}>
      <ul className="import-doing">{lines.map((line) => <li key={line}><Text size="sm">{line}</Text></li>)}</ul>
    </Card>
  );
}

/** How far a check or an import has come; it goes on without anybody looking. */
export function Coming({ shown: { state, rows, done, waiting }, stop }: { readonly shown: ImportShown; readonly stop: () => void }) {
  const through = Math.max(0, done - waiting);
  const title = state === 'coming' ? says.coming : state === 'checking' ? says.checking : done === rows ? says.finishing : says.running;
  return (
    <Card title={title}>
      <Stack gap="sm">
        <Progress value={rows === 0 ? 0 : (100 * through) / rows} animated size="lg" aria-label={title} />
        <Text size="sm" role="status" className="numbers">{says.through(sayNumber(through), sayNumber(rows))}</Text>
        <Text size="sm" c="dimmed">{state === 'running' ? says.runningMore : says.checkingMore}</Text>
        <Group><Button variant="default" onClick={stop}>{state === 'running' ? says.cancel : says.discard}</Button></Group>
      </Stack>
    </Card>
  );
}
