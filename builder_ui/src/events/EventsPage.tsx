import { ActionIcon, Alert, Anchor, Button, Code, CopyButton, Group, Paper, SegmentedControl, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBolt, IconChevronDown, IconChevronRight, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { answer, api, LIVE } from '../api/client';
import type { Answered } from '../api/types';
import { Card } from '../ui/Card';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { sayFully, sayInstant, sayNumber } from '../words/formats';
import { words } from '../words/language';
import { type Way, writeSnippet } from './snippets';

type EventShown = Answered<'/api/v1/events/recent'>['items'][number];

const says = words({
  en: {
    title: 'Events', more: 'What comes in, as it comes in.', name: 'Event', contact: 'Contact: address or id', pause: 'Hold still', go: 'Go on', none: 'Nothing came in yet', noneMore: 'As soon as a site or a server tells what happens, it appears here.', notFound: 'No such event', notFoundMore: 'Nothing of this name, or of this contact, has come in.', who: 'Who', when: 'When', details: (name: string) => `Details of ${name}`, nobody: 'anonymous',
    counted: (day: string, week: string) => `${day} in a day, ${week} in a week`, helper: 'Did my call arrive?', helperMore: 'Send this from your server or your terminal, with a key of the settings. Segment’s and RudderStack’s libraries work as they are.', keyHint: 'YOUR_WRITE_KEY', way: 'By what', copy: 'Copy', copied: 'Copied', toKeys: 'Make a key', wait: 'Waiting for it …', arrived: (when: string) => `It arrived: ${when}`, begin: 'I have sent it', hints: 'Nothing yet. Is the key a write key, and not revoked? Is the address right? Does the server’s clock say the right time? A call that was refused says why in its answer.', ways: { node: 'Node.js', python: 'Python', curl: 'Terminal' } as Readonly<Record<Way, string>>,
  },
  de: {
    title: 'Ereignisse', more: 'Was hereinkommt, während es hereinkommt.', name: 'Ereignis', contact: 'Kontakt: Adresse oder Kennung', pause: 'Anhalten', go: 'Weiter', none: 'Noch ist nichts gekommen', noneMore: 'Sobald eine Website oder ein Server erzählt, was geschieht, erscheint es hier.', notFound: 'Kein solches Ereignis', notFoundMore: 'Unter diesem Namen, oder von diesem Kontakt, ist nichts gekommen.', who: 'Wer', when: 'Wann', details: (name: string) => `Einzelheiten von ${name}`, nobody: 'anonym',
    counted: (day: string, week: string) => `${day} an einem Tag, ${week} in einer Woche`, helper: 'Ist mein Aufruf angekommen?', helperMore: 'Senden Sie das von Ihrem Server oder Terminal, mit einem Schlüssel der Einstellungen. Die Bibliotheken von Segment und RudderStack passen, wie sie sind.', keyHint: 'IHR_SCHREIBSCHLÜSSEL', way: 'Womit', copy: 'Kopieren', copied: 'Kopiert', toKeys: 'Schlüssel anlegen', wait: 'Es wird erwartet …', arrived: (when: string) => `Angekommen: ${when}`, begin: 'Ich habe es gesendet', hints: 'Noch nichts. Ist es ein Schreibschlüssel, und nicht widerrufen? Stimmt die Adresse? Geht die Uhr des Servers richtig? Ein abgewiesener Aufruf sagt in seiner Antwort, warum.', ways: { node: 'Node.js', python: 'Python', curl: 'Terminal' } as Readonly<Record<Way, string>>,
  },
});
/** After so long without the call, what may be wrong is named; in milliseconds. */
const PATIENCE = 20_000;

const askRecent = (name: string, contact: string, isStill: boolean) =>
  queryOptions({
    queryKey: ['events', name, contact],
    queryFn: () => answer(api.GET('/api/v1/events/recent', { params: { query: { ...(name ? { name } : {}), ...(contact ? { contact } : {}) } } })),
    refetchInterval: isStill ? false : LIVE,
    placeholderData: (before) => before,
  });

/** What comes in, for whoever puts tracking into a site. */
export function EventsPage() {
  const [name, setName] = useState('');
  const [contact, setContact] = useState('');
  const [isStill, setStill] = useState(false);
  const [asked] = useDebouncedValue({ name: name.trim(), contact: contact.trim() }, 300);
  const { data, error, refetch } = useQuery(askRecent(asked.name, asked.contact, isStill));
  const isFiltered = asked.name !== '' || asked.contact !== '';
  return (
    <Page title={says.title} more={says.more} actions={<Button variant="default" leftSection={isStill ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />} aria-pressed={isStill} onClick={() => setStill(!isStill)}>{isStill ? says.go : says.pause}</Button>}>
      <Stack>
        <Group gap="sm">
          <TextInput value={name} onChange={(event) => setName(event.currentTarget.value)} placeholder={says.name} aria-label={says.name} maw={280} flex="1 1 180px" />
          <TextInput value={contact} onChange={(event) => setContact(event.currentTarget.value)} placeholder={says.contact} aria-label={says.contact} maw={280} flex="1 1 180px" />
          {data?.today != null && data.week !== null && <Text size="sm" c="dimmed" role="status">{says.counted(sayNumber(data.today), sayNumber(data.week))}</Text>}
        </Group>
        {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : data.items.length === 0 ? (
          <Empty icon={IconBolt} title={isFiltered ? says.notFound : says.none}>{isFiltered ? says.notFoundMore : says.noneMore}</Empty>
        ) : (
          <Paper withBorder radius="lg" className="tail">
            <Table verticalSpacing={6} horizontalSpacing="md" layout="fixed">
              <Table.Thead><Table.Tr><Table.Th>{says.name}</Table.Th><Table.Th>{says.who}</Table.Th><Table.Th ta="right" visibleFrom="xs">{says.when}</Table.Th></Table.Tr></Table.Thead>
              <Table.Tbody>{data.items.map((event) => <Row key={event.id} event={event} />)}</Table.Tbody>
            </Table>
          </Paper>
        )}
        <Helper />
      </Stack>
    </Page>
  );
}

function Row({ event }: { readonly event: EventShown }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Table.Tr>
        <Table.Td>
          <Group gap={4} wrap="nowrap">
            <ActionIcon variant="subtle" color="gray" size={24} aria-expanded={isOpen} aria-label={says.details(event.name)} onClick={() => setOpen(!isOpen)}>{isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}</ActionIcon>
            <Text size="sm" fw={600} truncate>{event.name}</Text>
          </Group>
        </Table.Td>
        <Table.Td>{event.contact ? <Anchor component={Link} to={`/contacts/${event.contact}`} size="sm" truncate>{event.who || says.nobody}</Anchor> : '–'}</Table.Td>
        <Table.Td ta="right" visibleFrom="xs"><Text size="sm" c="dimmed" title={sayFully(event.occurred_at)}>{sayInstant(event.occurred_at)}</Text></Table.Td>
      </Table.Tr>
      {isOpen && <Table.Tr><Table.Td colSpan={3}><Code block tabIndex={0}>{JSON.stringify({ messageId: event.message_id, received_at: event.received_at, properties: event.properties }, null, 2)}</Code></Table.Td></Table.Tr>}
    </>
  );
}

function Helper() {
  const [way, setWay] = useState<Way>('curl');
  const [began, setBegan] = useState<number | null>(null);
  const [event] = useState(() => `Test ${crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36)}`);
  const { data, dataUpdatedAt } = useQuery({ ...askRecent(event, '', began === null), enabled: began !== null });
  const found = data?.items.find((one) => one.name === event);
  const text = writeSnippet(way, window.location.origin, says.keyHint, event);
  return (
    <Card title={says.helper} actions={<Anchor component={Link} to="/settings" size="sm">{says.toKeys}</Anchor>}>
      <Text size="sm" c="dimmed">{says.helperMore}</Text>
      <SegmentedControl size="xs" aria-label={says.way} value={way} onChange={(value) => setWay(value as Way)} data={(Object.keys(says.ways) as Way[]).map((value) => ({ value, label: says.ways[value] }))} />
      <Code block tabIndex={0} className="wrapped">{text}</Code>
      <Group gap="sm">
        <CopyButton value={text}>{({ copied, copy }) => <Button size="xs" variant="default" onClick={copy}>{copied ? says.copied : says.copy}</Button>}</CopyButton>
        {began === null ? <Button size="xs" onClick={() => setBegan(Date.now())}>{says.begin}</Button> : found ? <Tag color="green">{says.arrived(sayInstant(found.received_at))}</Tag> : <Text size="sm" role="status">{says.wait}</Text>}
      </Group>
      {began !== null && !found && dataUpdatedAt - began > PATIENCE && <Alert color="yellow" variant="light">{says.hints}</Alert>}
    </Card>
  );
}
