import { Alert, Autocomplete, Button, Group, NativeSelect, Paper, SimpleGrid, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { Card } from '../ui/Card';
import { RadioCards } from '../ui/RadioCards';
import { type ImportShown, type Reading, savePlan, sendFile } from './asks';
import { findFile, holdFile } from './held';
import { Doing } from './parts';
import { type Because, type Column, column, findLack, guessKind, nameAttribute, type Plan, tidyPlan, type ValueKind, type What } from './plan';
import { says } from './words';

type Topics = readonly { readonly key: string; readonly name: string }[];
const WHATS: readonly What[] = ['email', 'phone', 'user_id', 'attribute', 'consent', 'chosen_at', 'proof', 'ignored'];
const LISTED: readonly What[] = ['email', 'phone', 'ignored'];
const KINDS: readonly ValueKind[] = ['text', 'number', 'comma', 'boolean', 'date'];
const BECAUSE: readonly Because[] = ['imported', 'hard_bounce', 'complained'];
const SHOWN = 3;

/** What each column becomes, and what the file does. */
export function ColumnsStep({ shown, first, topics, attributes, saved, discard }: {
  readonly shown: ImportShown;
  readonly first: Plan;
  readonly topics: Topics;
  readonly attributes: readonly string[];
  readonly saved: () => void;
  readonly discard: () => void;
}) {
  const queries = useQueryClient();
  const [plan, setPlan] = useState(first);
  const [isTold, setTold] = useState(false);
  const change = (part: Partial<Plan>) => setPlan({ ...plan, ...part });
  const lack = findLack(plan);
  const isList = plan.mode === 'suppressions';
  const hasConsent = !isList && plan.columns.some(({ what }) => what === 'consent');
  const check = useMutation({
    mutationFn: () => savePlan(shown.id, shown.revision, tidyPlan(plan)),
    onSuccess: (next) => {
      queries.setQueryData(['import', shown.id], next);
      saved();
    },
  });
  return (
    <Stack>
      <Reread shown={shown} />
      <Card>
        <RadioCards label={says.mode} value={plan.mode} onChange={(mode) => change({ mode })} choices={[{ value: 'contacts', label: says.modeContacts, more: says.modeContactsMore }, { value: 'suppressions', label: says.modeList, more: says.modeListMore }]} />
        {isList && <NativeSelect label={says.because} value={plan.because} onChange={({ currentTarget }) => change({ because: currentTarget.value as Because })} data={BECAUSE.map((value) => ({ value, label: says.becauses[value] }))} maw={460} />}
      </Card>
      <Paper withBorder radius="lg" className="import-columns" component="section" aria-label={says.steps[1] ?? ''}>
        <div className="import-column import-heads" aria-hidden><Text size="sm" fw={600}>{says.column}</Text><Text size="sm" fw={600}>{says.holds}</Text><Text size="sm" fw={600}>{says.becomes}</Text></div>
        {plan.columns.map((one, place) => {
          const heading = shown.header[place] || says.noHeading(place + 1);
          const cells = shown.sample.map((row) => (row[place] ?? '').trim()).filter(Boolean);
          return (
            <div className="import-column" key={`${place}/${heading}`} role="group" aria-label={heading}>
              <Text size="sm" fw={600} className="wrapped">{heading}</Text>
              <div>{cells.length === 0 ? <Text size="xs" c="dimmed">{says.empty}</Text> : cells.slice(0, SHOWN).map((cell, at) => <Text key={`${at}/${cell}`} size="xs" c="dimmed" truncate title={cell}>{cell}</Text>)}</div>
              <Becomes heading={heading} cells={cells} value={one} isList={isList} topics={topics} attributes={attributes} change={(next) => change({ columns: plan.columns.map((each, at) => (at === place ? next : each)) })} />
            </div>
          );
        })}
      </Paper>
      {hasConsent && (
        <Card title={says.consent}>
          <Text size="sm">{says.noLift}</Text>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TagsInput label={says.yes} value={[...plan.yes]} onChange={(yes) => change({ yes })} acceptValueOnBlur maxTags={20} />
            <TagsInput label={says.no} value={[...plan.no]} onChange={(no) => change({ no })} acceptValueOnBlur maxTags={20} />
          </SimpleGrid>
          <Text size="xs" c="dimmed">{says.wordsMore}</Text>
          <TextInput type="date" label={says.chosenAt} description={says.chosenAtMore} value={plan.chosen_at} onChange={({ currentTarget }) => change({ chosen_at: currentTarget.value })} maw={320} />
          <Textarea label={says.proof} description={says.proofMore} value={plan.proof} onChange={({ currentTarget }) => change({ proof: currentTarget.value })} maxLength={1000} autosize minRows={2} />
          <Text size="xs" c="dimmed">{says.doubled}</Text>
        </Card>
      )}
      <Doing isList={isList} />
      {check.error && <Alert color="red" variant="light" role="alert">{check.error.message}</Alert>}
      {isTold && lack !== null && <Text size="sm" c="red" role="alert">{says.lacks[lack]}</Text>}
      <Group justify="space-between" className="foot">
        <Button variant="default" onClick={discard}>{says.discard}</Button>
        <Button loading={check.isPending} onClick={() => (lack === null ? check.mutate() : setTold(true))}>{says.check}</Button>
      </Group>
    </Stack>
  );
}

function Becomes({ heading, cells, value, isList, topics, attributes, change }: { readonly heading: string; readonly cells: readonly string[]; readonly value: Column; readonly isList: boolean; readonly topics: Topics; readonly attributes: readonly string[]; readonly change: (next: Column) => void }) {
  const offered = isList ? LISTED : WHATS.filter((what) => what !== 'consent' || topics.length > 0);
  const what = offered.includes(value.what) ? value.what : 'ignored';
  const begin = (next: What) => change(next === 'attribute' ? column(next, { name: nameAttribute(heading), kind: guessKind(cells) }) : next === 'consent' ? column(next, { topic: topics[0]?.key ?? '', channel: 'email' }) : column(next));
  return (
    <div className="import-becomes">
      <NativeSelect size="sm" aria-label={says.what(heading)} value={what} onChange={({ currentTarget }) => begin(currentTarget.value as What)} data={offered.map((one) => ({ value: one, label: says.whats[one] }))} />
      {what === 'attribute' && (
        <>
          <Autocomplete size="sm" aria-label={says.name(heading)} value={value.name} data={[...new Set(attributes)]} limit={20} onChange={(name) => change({ ...value, name })} maxLength={128} />
          <NativeSelect size="sm" aria-label={says.kind(heading)} value={value.kind} onChange={({ currentTarget }) => change({ ...value, kind: currentTarget.value as ValueKind })} data={KINDS.map((kind) => ({ value: kind, label: says.kinds[kind] }))} />
        </>
      )}
      {what === 'consent' && (
        <>
          <NativeSelect size="sm" aria-label={says.topic(heading)} value={value.topic} onChange={({ currentTarget }) => change({ ...value, topic: currentTarget.value })} data={[{ value: '', label: says.chooseTopic }, ...topics.map(({ key, name }) => ({ value: key, label: name }))]} />
          <NativeSelect size="sm" aria-label={says.channel(heading)} value={value.channel ?? ''} onChange={({ currentTarget }) => change({ ...value, channel: (currentTarget.value || null) as Column['channel'] })} data={[{ value: 'email', label: says.email }, { value: 'sms', label: says.sms }, { value: '', label: says.both }]} />
        </>
      )}
      {what === 'phone' && <Text size="xs" c="dimmed" style={{ alignSelf: 'center' }}>{says.phoneMore}</Text>}
    </div>
  );
}

/** In which characters the file is read, and what separates its cells; another choice reads it anew. */
function Reread({ shown }: { readonly shown: ImportShown }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const file = findFile(shown.id);
  const again = useMutation({
    mutationFn: async (how: Reading) => {
      if (file === null) return shown;
      const sent = await sendFile(file, { encoding: shown.encoding, delimiter: shown.delimiter, ...how });
      holdFile(sent.id, file);
      return sent;
    },
    onSuccess: async (sent) => {
      queries.setQueryData(['import', sent.id], sent);
      await navigate({ to: `/contacts/import/${sent.id}`, replace: true });
    },
  });
  const isFixed = file === null || again.isPending;
  return (
    <Card>
      <Group gap="md" align="flex-end">
        <NativeSelect label={says.encoding} value={shown.encoding} disabled={isFixed} onChange={({ currentTarget }) => again.mutate({ encoding: currentTarget.value as ImportShown['encoding'] })} data={[{ value: 'utf-8', label: 'UTF-8' }, { value: 'windows-1252', label: says.windows }]} />
        <NativeSelect label={says.delimiter} value={shown.delimiter} disabled={isFixed} onChange={({ currentTarget }) => again.mutate({ delimiter: currentTarget.value as ImportShown['delimiter'] })} data={(['comma', 'semicolon', 'tab'] as const).map((value) => ({ value, label: says.delimiters[value] ?? value }))} />
        {file === null && <Text size="xs" c="dimmed">{says.reread}</Text>}
      </Group>
      {shown.encoding === 'windows-1252' && <Text size="sm">{says.windowsMore}</Text>}
      {again.error && <Alert color="red" variant="light" role="alert">{again.error.message}</Alert>}
    </Card>
  );
}
