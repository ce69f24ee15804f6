import { Alert, Anchor, Button, Code, CopyButton, Group, List, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';

import { answer, api } from '../api/client';
import { useMay } from '../session/asks';
import { Card } from '../ui/Card';
import { Tag } from '../ui/Tag';
import { tellFailure } from '../ui/tell';
import { sayDay, sayInstant } from '../words/formats';
import { askRecent, askRefused } from './asks';
import { isOfSort, type KeySort, sortOf, WAYS, type Way, writeSnippet } from './snippets';
import { says } from './words';

/** After so long without the call, what may be wrong is named; in milliseconds. */
const PATIENCE = 20_000;

/** Shows how a call is made, waits for it, and says whether it arrived, was refused, or why it may not have come. */
export function Arrival() {
  const [way, setWay] = useState<Way>('curl');
  const [keys, setKeys] = useState<Readonly<Record<KeySort, string>>>({ write: '', browser: '' });
  const [event, setEvent] = useState(nameEvent);
  const sort = sortOf(way);
  const key = keys[sort].trim();
  const text = writeSnippet(way, window.location.origin, key || says.keyHint[sort]!, event);
  return (
    <Card title={says.helper} actions={<Anchor component={Link} to="/settings" size="sm">{says.toKeys}</Anchor>}>
      <Text size="sm" c="dimmed">{says.helperMore}</Text>
      <Group gap="sm" align="flex-end">
        <NativeSelect label={says.way} size="xs" value={way} onChange={({ currentTarget }) => setWay(currentTarget.value as Way)} data={WAYS.map((value) => ({ value, label: says.ways[value] }))} w={190} />
        <TextInput label={says.key} size="xs" value={keys[sort]} onChange={({ currentTarget }) => setKeys({ ...keys, [sort]: currentTarget.value })} placeholder={says.keyHint[sort]!} error={!isOfSort(key, sort) && says.wrongPrefix[sort]} autoComplete="off" spellCheck={false} classNames={{ input: 'mono' }} flex="1 1 220px" maw={420} />
        <MakeKey key={sort} sort={sort} made={(whole) => setKeys({ ...keys, [sort]: whole })} />
      </Group>
      <Text size="xs" c="dimmed">{says.keyMore[sort]}</Text>
      <Code block tabIndex={0} className="wrapped">{text}</Code>
      <Waiting key={event} event={event} isPage={sort === 'browser'} copy={<CopyButton value={text}>{({ copied, copy }) => <Button size="xs" variant="default" onClick={copy}>{copied ? says.copied : says.copy}</Button>}</CopyButton>} again={() => setEvent(nameEvent())} />
    </Card>
  );
}

function nameEvent(): string {
  return `Test ${crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36)}`;
}

function MakeKey({ sort, made }: { readonly sort: KeySort; readonly made: (whole: string) => void }) {
  const queries = useQueryClient();
  const mayMake = useMay('keys:manage');
  const make = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/keys', { body: { kind: sort, name: says.keyName(sayDay(new Date().toISOString())), scopes: [], origins: [] } })),
    onSuccess: ({ key }) => {
      made(key);
      return queries.invalidateQueries({ queryKey: ['keys'] });
    },
    onError: tellFailure,
  });
  if (!mayMake) return <Text size="xs" c="dimmed">{says.noMake}</Text>;
  if (make.data) return <Text size="xs" role="status">{says.once}</Text>;
  return <Button size="xs" variant="light" leftSection={<IconKey size={14} />} loading={make.isPending} onClick={() => make.mutate()}>{says.makeKey[sort]}</Button>;
}

function Waiting({ event, isPage, copy, again }: { readonly event: string; readonly isPage: boolean; readonly copy: ReactNode; readonly again: () => void }) {
  const [began, setBegan] = useState<number | null>(null);
  const isWaiting = began !== null;
  const { data, dataUpdatedAt } = useQuery({ ...askRecent(event, '', !isWaiting), enabled: isWaiting });
  const { data: refusals } = useQuery({ ...askRefused(), enabled: isWaiting });
  const found = data?.items.find((one) => one.name === event);
  const refused = refusals?.find((one) => one.event === event);
  const isOver = found !== undefined || refused !== undefined;
  const hints = [...says.hints, says.hintHost(window.location.origin), ...(isPage ? [says.hintPage] : []), says.hintClock];
  return (
    <Stack gap="sm">
      <Group gap="sm" role="status">
        {copy}
        {!isWaiting ? <Button size="xs" onClick={() => setBegan(Date.now())}>{says.begin}</Button> : found ? <Tag color="green">{says.arrived(sayInstant(found.received_at))}</Tag> : refused ? <Text size="sm" fw={600}>{says.refusedWhy(refused.message)}</Text> : <Text size="sm">{says.wait}</Text>}
        {isOver && <Button size="xs" variant="subtle" onClick={again}>{says.again}</Button>}
      </Group>
      {refused && !found && says.codes[refused.code] && <Alert color="yellow" variant="light">{says.codes[refused.code]}</Alert>}
      {isWaiting && !isOver && dataUpdatedAt - began > PATIENCE && (
        <Alert color="yellow" variant="light" title={says.nothingYet}><List size="sm" spacing={4}>{hints.map((hint) => <List.Item key={hint}>{hint}</List.Item>)}</List></Alert>
      )}
    </Stack>
  );
}
