import { ActionIcon, Anchor, Button, Code, CopyButton, Group, Paper, SegmentedControl, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconBolt, IconChevronDown, IconChevronRight, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { sayFully, sayInstant, sayNumber } from '../words/formats';
import { askRecent, askRefused, type EventShown } from './asks';
import { EventNames } from './EventNames';
import { Arrival } from './Arrival';
import { Refused } from './Refused';
import { says } from './words';

const VIEWS = ['tail', 'refused', 'names'] as const;
type View = (typeof VIEWS)[number];

/** What comes in, for whoever puts tracking into a site: what was taken, what was refused, and how often. */
export function EventsPage() {
  const [view, setView] = useState<View>('tail');
  const [name, setName] = useState('');
  const [contact, setContact] = useState('');
  const [isStill, setStill] = useState(false);
  const { data: refused } = useQuery(askRefused(isStill));
  const count = refused?.length ?? 0;
  const isLive = view !== 'names';
  return (
    <Page title={says.title} more={says.more} actions={isLive && <Button variant="default" leftSection={isStill ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />} aria-pressed={isStill} onClick={() => setStill(!isStill)}>{isStill ? says.go : says.pause}</Button>}>
      <Stack>
        <SegmentedControl aria-label={says.view} value={view} onChange={(next) => setView(next as View)} style={{ alignSelf: 'flex-start' }}
          data={VIEWS.map((value) => ({ value, label: value === 'refused' && count > 0 ? `${says.tabs.refused} (${sayNumber(count)})` : says.tabs[value] }))} />
        {view === 'tail' && <Tail name={name} setName={setName} contact={contact} setContact={setContact} isStill={isStill} />}
        {view === 'refused' && <Refused isStill={isStill} />}
        {view === 'names' && <EventNames choose={(next) => { setName(next); setContact(''); setView('tail'); }} />}
        <Arrival />
      </Stack>
    </Page>
  );
}

function Tail({ name, setName, contact, setContact, isStill }: {
  readonly name: string; readonly setName: (name: string) => void; readonly contact: string; readonly setContact: (contact: string) => void; readonly isStill: boolean;
}) {
  const [asked] = useDebouncedValue({ name: name.trim(), contact: contact.trim() }, 300);
  const { data, error, refetch } = useQuery(askRecent(asked.name, asked.contact, isStill));
  const isFiltered = asked.name !== '' || asked.contact !== '';
  const say = (n: number) => (data && n >= data.most ? says.atLeast(sayNumber(n)) : sayNumber(n));
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <TextInput value={name} onChange={(event) => setName(event.currentTarget.value)} placeholder={says.name} aria-label={says.name} maxLength={128} maw={280} flex="1 1 180px" />
        <TextInput value={contact} onChange={(event) => setContact(event.currentTarget.value)} placeholder={says.contact} aria-label={says.contact} maxLength={254} maw={280} flex="1 1 180px" />
        {(name || contact) && <Button variant="subtle" size="sm" onClick={() => { setName(''); setContact(''); }}>{says.clear}</Button>}
        {data?.today != null && data.week !== null && <Text size="sm" c="dimmed" role="status">{says.counted(say(data.today), say(data.week))}</Text>}
      </Group>
      {isStill && <Text size="xs" c="dimmed" role="status">{says.still}</Text>}
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : data.items.length === 0 ? (
        <Empty icon={IconBolt} title={isFiltered ? says.notFound : says.none}>{isFiltered ? says.notFoundMore : says.noneMore}</Empty>
      ) : (
        <Paper withBorder radius="lg" className="tail">
          <Table verticalSpacing={6} horizontalSpacing="md" layout="fixed" stickyHeader>
            <Table.Thead><Table.Tr><Table.Th>{says.name}</Table.Th><Table.Th>{says.who}</Table.Th><Table.Th ta="right" w={170} visibleFrom="xs">{says.when}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{data.items.map((event) => <Row key={event.id} event={event} />)}</Table.Tbody>
          </Table>
        </Paper>
      )}
    </Stack>
  );
}

function Row({ event }: { readonly event: EventShown }) {
  const [isOpen, setOpen] = useState(false);
  const ignored = event.notes['ignored'];
  const text = JSON.stringify({ messageId: event.message_id, occurred_at: event.occurred_at, received_at: event.received_at, ...(event.library ? { library: event.library } : {}), properties: event.properties }, null, 2);
  return (
    <>
      <Table.Tr>
        <Table.Td>
          <Group gap={4} wrap="nowrap">
            <ActionIcon variant="subtle" color="gray" size={24} aria-expanded={isOpen} aria-label={says.details(event.name)} onClick={() => setOpen(!isOpen)}>{isOpen ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}</ActionIcon>
            <Text size="sm" fw={600} truncate>{event.name}</Text>
            <Group gap={4} wrap="nowrap" visibleFrom="sm">
              {event.mode === 'history' && <Tag>{says.history}</Tag>}
              {event.notes['clamped'] === true && <Tag color="orange">{says.clamped}</Tag>}
            </Group>
          </Group>
          {Array.isArray(ignored) && <Text size="xs" c="dimmed" pl={28} truncate>{says.ignored(ignored.join(', '))}</Text>}
          <Text size="xs" c="dimmed" pl={28} truncate hiddenFrom="xs">{[sayInstant(event.occurred_at), event.mode === 'history' ? says.history : '', event.notes['clamped'] === true ? says.clamped : ''].filter(Boolean).join(' · ')}</Text>
        </Table.Td>
        <Table.Td>{event.contact ? <Anchor component={Link} to={`/contacts/${event.contact}`} size="sm" truncate display="block">{event.who || says.nobody}</Anchor> : '–'}</Table.Td>
        <Table.Td ta="right" visibleFrom="xs"><Text size="sm" c="dimmed" title={sayFully(event.occurred_at)}>{sayInstant(event.occurred_at)}</Text></Table.Td>
      </Table.Tr>
      {isOpen && (
        <Table.Tr>
          <Table.Td colSpan={3}>
            <Code block tabIndex={0} className="wrapped">{text}</Code>
            <CopyButton value={text}>{({ copied, copy }) => <Button size="compact-xs" variant="subtle" mt={4} onClick={copy}>{copied ? says.copied : says.copy}</Button>}</CopyButton>
          </Table.Td>
        </Table.Tr>
      )}
    </>
  );
}
