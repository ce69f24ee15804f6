import { Alert, Button, Group, Input, Modal, NumberInput, SegmentedControl, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { Refused } from '../api/client';
import { readHeaders, writeHeaders } from '../settings/headers';
import { tellDone } from '../ui/tell';
import { askSources, saveSource, type SourceShown } from './asks';
import { says } from './words';

const NAME = /^[a-z][a-z0-9_-]{0,63}$/;

/** Makes a source of fetched content, or changes one. */
export function SourceForm({ source, taken, onClose, onStale }: {
  /** Null: a new one. */
  readonly source: SourceShown | null;
  readonly taken: readonly string[];
  readonly onClose: () => void;
  readonly onStale: (theirs: SourceShown | null) => void;
}) {
  const queries = useQueryClient();
  const [name, setName] = useState(source?.name ?? '');
  const [url, setUrl] = useState(source?.url ?? '');
  const [lines, setLines] = useState(writeHeaders(source?.headers ?? []));
  const [answers, setAnswers] = useState(source?.answers ?? 'json');
  const [timeout, setTimeoutMs] = useState(source?.timeout_ms ?? 3000);
  const [fresh, setFresh] = useState(source?.fresh_seconds ?? 600);
  const [stale, setStale] = useState(source?.stale_hours ?? 6);
  const headers = readHeaders(lines);
  const wrong = source !== null || name === '' ? null : !NAME.test(name) ? says.nameWrong : taken.includes(name) ? says.nameTaken : null;
  const isWhole = name !== '' && wrong === null && headers !== null && url.trim() !== '';
  const save = useMutation({
    mutationFn: () => saveSource(name, { url: url.trim(), headers: headers ?? {}, answers, timeout_ms: timeout, fresh_seconds: fresh, stale_hours: stale }, source?.revision ?? null),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['fetch-sources'] });
      tellDone(says.saved);
      onClose();
    },
  });
  const isConflict = source !== null && save.error instanceof Refused && save.error.status === 409;
  const load = async () => onStale((await queries.fetchQuery({ ...askSources(), staleTime: 0 })).find((one) => one.name === name) ?? null);
  return (
    <Modal opened onClose={onClose} size="lg" title={source === null ? says.create : says.edit} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); if (isWhole) save.mutate(); }}>
        <Stack>
          {source === null && <TextInput label={says.name} description={says.nameMore} value={name} onChange={({ currentTarget }) => setName(currentTarget.value.trim())} error={wrong} required maxLength={64} data-autofocus />}
          <TextInput label={says.url} description={says.urlMore} placeholder="https://api.example.com/weather?city={city}" value={url} onChange={({ currentTarget }) => setUrl(currentTarget.value)} required maxLength={1800} classNames={{ input: 'mono' }} />
          <Textarea label={says.headers} description={says.headersMore} value={lines} onChange={({ currentTarget }) => setLines(currentTarget.value)} autosize minRows={2} maxRows={8} error={headers === null ? says.headersWrong : null} classNames={{ input: 'mono' }} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Input.Wrapper label={says.answers} labelElement="div"><SegmentedControl fullWidth aria-label={says.answers} value={answers} onChange={(next) => setAnswers(next as 'json' | 'text')} data={[{ value: 'json', label: says.json }, { value: 'text', label: says.text }]} /></Input.Wrapper>
            <Count label={says.timeout} more={says.timeoutMore} value={timeout} change={setTimeoutMs} min={100} max={5000} />
            <Count label={says.freshFor} more={says.freshMore} value={fresh} change={setFresh} min={10} max={86_400} />
            <Count label={says.staleFor} more={says.staleMore} value={stale} change={setStale} min={0} max={168} />
          </SimpleGrid>
          {save.error && <Alert color="red" variant="light"><Group gap="sm"><Text size="sm">{isConflict ? says.conflict : save.error.message}</Text>{isConflict && <Button size="compact-xs" variant="default" onClick={() => void load()}>{says.theirs}</Button>}</Group></Alert>}
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" loading={save.isPending} disabled={!isWhole}>{source === null ? says.make : says.save}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Count({ label, more, value, change, min, max }: { readonly label: string; readonly more: string; readonly value: number; readonly change: (value: number) => void; readonly min: number; readonly max: number }) {
  return <NumberInput label={label} description={more} inputWrapperOrder={['label', 'input', 'description']} value={value} onChange={(next) => change(typeof next === 'number' ? next : min)} min={min} max={max} allowDecimal={false} allowNegative={false} />;
}
