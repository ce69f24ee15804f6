import { Button, Group, Modal, Paper, Stack, Table, Text, TextInput, ThemeIcon, Title, UnstyledButton } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBell, type Icon, IconArrowsExchange, IconBolt, IconCheck, IconChevronDown, IconChevronRight, IconDoorExit, IconEraser, IconHistory, IconLogin2, IconMail, IconMessage, IconSearch, IconUsersGroup, IconWebhook, IconX } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useState } from 'react';

import { useNow } from '../questions/useNow';
import { Older } from '../ui/Older';
import { Empty, Failure, Loading } from '../ui/States';
import { colorText } from '../ui/Tag';
import { sayAgo, sayFully, sayInstant } from '../words/formats';
import { askTimeline, type Entry, type EntryKind } from './asks';
import { KINDS, listChanges, listNotes, listRows, sayMore, sayTitle, sayValue } from './happened';
import { says } from './words';

const LOOKS: Readonly<Record<EntryKind, { readonly icon: Icon; readonly color: string }>> = {
  event: { icon: IconBolt, color: 'yellow' },
  message: { icon: IconMail, color: 'indigo' },
  journey: { icon: IconLogin2, color: 'teal' },
  consent: { icon: IconCheck, color: 'green' },
  segment: { icon: IconUsersGroup, color: 'cyan' },
  change: { icon: IconArrowsExchange, color: 'gray' },
  erasure: { icon: IconEraser, color: 'red' },
};
const CHANNELS: Readonly<Record<string, Icon>> = { sms: IconMessage, push: IconBell, webhook: IconWebhook };
const BAD = new Set(['failed', 'uncertain', 'set_aside']);

/** Everything that happened to one contact, the newest first; `only` is of one kind. */
export function Timeline({ uid, only, choose }: { readonly uid: string; readonly only: EntryKind | null; readonly choose: (kind: EntryKind | null) => void }) {
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), 300);
  const line = useInfiniteQuery(askTimeline(uid, only ? [only] : [], search));
  const { data, error, refetch } = line;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const isNarrowed = search !== '' || only !== null;
  return (
    <Paper component="section" withBorder radius="lg" p="md" miw={0} aria-label={says.timeline}>
      <Group justify="space-between" mb="sm" gap="sm">
        <Title order={2} size="h5">{says.timeline}</Title>
        <TextInput size="xs" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} placeholder={says.findIn} aria-label={says.findIn} leftSection={<IconSearch size={14} />} maxLength={100} w={{ base: '100%', xs: 220 }} />
      </Group>
      <Group gap={6} mb="md" role="group" aria-label={says.filter}>
        {[null, ...KINDS].map((kind) => <Button key={kind ?? ''} size="compact-sm" radius="xl" variant={kind === only ? 'light' : 'default'} aria-pressed={kind === only} onClick={() => choose(kind)}>{kind === null ? says.allKinds : says.kindNames[kind]}</Button>)}
      </Group>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : items.length === 0 ? (
        <Empty icon={isNarrowed ? IconSearch : IconHistory} title={isNarrowed ? says.nothingFound : says.nothing}>{isNarrowed ? says.nothingFoundMore : says.nothingMore}</Empty>
      ) : (
        <ol className="plain happened">{items.map((entry) => <Happened key={entry.id} entry={entry} />)}</ol>
      )}
      <Older query={line} />
    </Paper>
  );
}

function Happened({ entry }: { readonly entry: Entry }) {
  const now = useNow();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [isReading, setReading] = useState(false);
  const look = LOOKS[entry.kind];
  const isNo = entry.kind === 'consent' && entry.state !== 'subscribed';
  const Picture = entry.what === 'ended' ? IconDoorExit : isNo ? IconX : entry.kind === 'message' ? (CHANNELS[entry.channel ?? ''] ?? look.icon) : look.icon;
  const title = sayTitle(entry);
  const more = sayMore(entry);
  const isBad = entry.what === 'message' && BAD.has(entry.state ?? '');
  return (
    <li>
      <ThemeIcon variant="light" color={isBad ? 'red' : isNo ? 'gray' : look.color} size={28} radius="xl"><Picture size={15} stroke={1.8} /></ThemeIcon>
      <div className="grow">
        <UnstyledButton w="100%" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)} className="opens">
          <Group gap={6} wrap="nowrap" align="flex-start">
            <Text size="sm" fw={600} className="wrapped grow">{title}</Text>
            <Text size="xs" c="dimmed" className="fixed" title={sayFully(entry.at)} mt={2}>{sayAgo(entry.at, now)}</Text>
            {isOpen ? <IconChevronDown size={14} className="fixed" /> : <IconChevronRight size={14} className="fixed" />}
          </Group>
          <Text size="xs" c={isBad ? colorText('red') : 'dimmed'} className="wrapped">{[sayInstant(entry.at), more].filter(Boolean).join(' · ')}</Text>
          {listNotes(entry).map((note) => <Text key={note} size="xs" c={entry.notes['ignored'] ? colorText('orange') : 'dimmed'} className="wrapped">{note}</Text>)}
        </UnstyledButton>
        {isOpen && <div id={id}><Details entry={entry} read={entry.letter === null ? null : () => setReading(true)} /></div>}
      </div>
      {isReading && entry.letter !== null && (
        <Modal opened onClose={() => setReading(false)} title={title} size="xl" closeButtonProps={{ 'aria-label': says.close }}>
          <iframe className="letter" sandbox="" src={`/api/v1/mailbox/${entry.letter}/html`} title={title} />
        </Modal>
      )}
    </li>
  );
}

function Details({ entry, read }: { readonly entry: Entry; readonly read: (() => void) | null }) {
  const changes = Object.entries(listChanges(entry.properties));
  const facts = [
    ...(entry.received_at && entry.received_at !== entry.at ? [{ path: says.received, value: sayFully(entry.received_at) }] : []),
    ...(entry.message_id ? [{ path: 'messageId', value: entry.message_id }] : []),
    ...(typeof entry.notes['page'] === 'string' ? [{ path: says.page, value: entry.notes['page'] }] : []),
    ...Object.entries(entry.marks).map(([mark, at]) => ({ path: says.marks[mark] ?? mark, value: sayFully(at) })),
  ];
  const rows = [...(changes.length > 0 ? [] : listRows(entry.properties)), ...facts];
  return (
    <Stack gap="xs" mt={6} mb="xs">
      {changes.length > 0 && (
        <Table fz="xs" verticalSpacing={3} horizontalSpacing="xs" withTableBorder layout="fixed">
          <Table.Thead><Table.Tr><Table.Th>{says.property}</Table.Th><Table.Th>{says.was}</Table.Th><Table.Th>{says.is}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{changes.map(([name, [before, after]]) => <Table.Tr key={name}><Table.Td className="wrapped">{name}</Table.Td><Table.Td className="wrapped" c="dimmed">{sayValue(before)}</Table.Td><Table.Td className="wrapped">{sayValue(after)}</Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
      )}
      {rows.length > 0 && (
        <Table fz="xs" verticalSpacing={3} horizontalSpacing="xs" withTableBorder layout="fixed" aria-label={says.details(entry.name)}>
          <Table.Tbody>{rows.map(({ path, value }) => <Table.Tr key={path}><Table.Td c="dimmed" w="38%" className="wrapped">{path}</Table.Td><Table.Td className="wrapped">{value}</Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
      )}
      {rows.length === 0 && changes.length === 0 && <Text size="xs" c="dimmed">{says.noProperties}</Text>}
      <Group gap="xs">
        {entry.message && <Button size="compact-xs" variant="default" component={Link} to={`/messages/${entry.message}`}>{says.message}</Button>}
        {read && entry.channel === 'email' && <Button size="compact-xs" variant="default" onClick={read}>{says.letter}</Button>}
        {entry.enrollment !== null && (entry.journey ?? entry.key) && <Button size="compact-xs" variant="default" component={Link} {...({ to: '/journeys/$key', params: { key: entry.journey ?? entry.key }, search: { view: 'watch', person: entry.enrollment } } as object)}>{says.path}</Button>}
        {entry.what === 'segment' && <Button size="compact-xs" variant="default" component={Link} to={`/segments/${entry.key}`}>{entry.name}</Button>}
      </Group>
    </Stack>
  );
}
