import { Alert, Button, Code, CopyButton, Group, Modal, ScrollArea, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { sayNumber } from '../words/formats';
import { type SourceShown, type Tried, trySource } from './asks';
import { layOut, sayAge, writeSnippet } from './told';
import { says } from './words';

/** Fetches as a letter would, and shows what it would show. */
export function TryIt({ source: { name, places, answers }, onClose }: { readonly source: SourceShown; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [values, put] = useState<Readonly<Record<string, string>>>({});
  const attempt = useMutation({
    mutationFn: (anew: boolean) => trySource(name, Object.fromEntries(places.map((place) => [place, values[place] ?? ''])), anew),
    onSettled: () => queries.invalidateQueries({ queryKey: ['fetch-sources'] }),
  });
  const isWhole = places.every((place) => (values[place] ?? '') !== '');
  const snippet = writeSnippet(name, places, answers);
  return (
    <Modal opened onClose={onClose} size="lg" title={says.tryTitle(name)} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); if (isWhole) attempt.mutate(false); }}>
        <Stack>
          {places.map((place, at) => <TextInput key={place} label={says.value(place)} value={values[place] ?? ''} onChange={({ currentTarget: { value } }) => put({ ...values, [place]: value })} maxLength={200} {...(at === 0 ? { 'data-autofocus': true } : {})} />)}
          <Group gap="xs">
            <Button type="submit" size="sm" loading={attempt.isPending} disabled={!isWhole}>{says.ask}</Button>
            {attempt.data && <Button size="sm" variant="default" disabled={!isWhole || attempt.isPending} onClick={() => attempt.mutate(true)}>{says.askAnew}</Button>}
          </Group>
          {attempt.error && <Alert color="red" variant="light"><Text size="sm">{attempt.error.message}</Text></Alert>}
          {attempt.data && <Came tried={attempt.data} />}
          <div>
            <Group justify="space-between"><Text size="sm" fw={500}>{says.snippet}</Text><CopyButton value={snippet}>{({ copied, copy }) => <Button size="compact-xs" variant="subtle" onClick={copy}>{copied ? says.copied : says.copy}</Button>}</CopyButton></Group>
            <Code block tabIndex={0}>{snippet}</Code>
          </div>
        </Stack>
      </form>
    </Modal>
  );
}

function Came({ tried: { url, is_good, is_stale, words, answer, status, took_ms, age_seconds } }: { readonly tried: Tried }) {
  const facts = [status === null ? '' : String(status), took_ms === null ? '' : says.took(sayNumber(took_ms)), age_seconds === null || !is_good ? '' : sayAge(age_seconds)].filter(Boolean);
  return (
    <Alert role="status" variant="light" color={!is_good ? 'red' : is_stale ? 'orange' : 'green'} title={!is_good ? says.bad : is_stale ? says.stillOld : says.good}>
      <Text size="xs" className="wrapped" ff="monospace">{url}</Text>
      <Text size="sm">{facts.join(' · ')}</Text>
      {words && <Text size="sm" className="wrapped">{words}</Text>}
      {answer && <><Text size="xs" fw={600} mt={6}>{says.answered}</Text><ScrollArea.Autosize mah={260}><Code block className="wrapped" tabIndex={0}>{layOut(answer)}</Code></ScrollArea.Autosize></>}
    </Alert>
  );
}
