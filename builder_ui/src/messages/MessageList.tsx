import './messages.css';

import { Anchor, Button, Group, NativeSelect, Paper, Stack, Table, Text, TextInput, ThemeIcon } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconFilter, IconMailSearch, IconSearch } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';

import { useNow } from '../questions/useNow';
import { Older } from '../ui/Older';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { colorText, Tag } from '../ui/Tag';
import { sayAgo, sayFully } from '../words/formats';
import { askMessages, type Item } from './asks';
import { Filters } from './Filters';
import { PICTURES } from './pictures';
import { change, countFilters, readSought, type Sought } from './sought';
import { COLORS, lastMark, sayWhy, titleOf } from './told';
import { says } from './words';

const PAUSE = 250;

/** Every letter, text and call, the newest first, and ways to find one. What is looked for stands in the address. */
export function MessageList() {
  const sought = readSought(useSearch({ strict: false }));
  const navigate = useNavigate();
  const seek = (next: Sought) => void navigate({ ...({ to: '/messages', search: next, replace: true } as object) });
  const [typed, setTyped] = useState(sought.search ?? '');
  const type = useDebouncedCallback((search: string) => seek(change(sought, { search })), PAUSE);
  useEffect(() => setTyped((now) => (now.trim() === (sought.search ?? '') ? now : (sought.search ?? ''))), [sought.search]);
  const narrowed = countFilters(sought);
  const [isOpen, setOpen] = useState(narrowed > 0);
  const messages = useInfiniteQuery(askMessages(sought));
  const { data, error, refetch } = messages;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const isNarrowed = Object.keys(sought).length > 0;
  return (
    <Page title={says.title} more={says.more}>
      <Stack gap="sm">
        <Group gap="sm">
          <TextInput value={typed} onChange={(event) => { setTyped(event.currentTarget.value); type(event.currentTarget.value.trim()); }} placeholder={says.find} aria-label={says.search} leftSection={<IconSearch size={16} />} maxLength={200} flex="1 1 220px" maw={380} />
          <NativeSelect aria-label={says.state} value={sought.state ?? ''} onChange={(event) => seek(change(sought, { state: event.currentTarget.value, reason: null }))}
            data={[{ value: '', label: says.anyState }, { value: 'failed,uncertain,set_aside', label: `${says.states.failed} / ${says.states.uncertain}` }, ...Object.entries(says.states).map(([value, label]) => ({ value, label }))]} />
          <Button variant={narrowed > 0 ? 'light' : 'default'} leftSection={<IconFilter size={16} />} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{says.filters}{narrowed > 0 ? ` (${narrowed})` : ''}</Button>
          {(narrowed > 0 || sought.state) && <Button variant="subtle" px="xs" onClick={() => seek(change({}, { search: sought.search ?? null }))}>{says.clear}</Button>}
        </Group>
        {isOpen && <Filters sought={sought} seek={seek} />}
        {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : items.length === 0 ? (
          <Empty icon={IconMailSearch} title={isNarrowed ? says.notFound : says.none} action={!isNarrowed && <Button component={Link} to="/journeys" variant="default">{says.toJourneys}</Button>}>{isNarrowed ? says.notFoundMore : says.noneMore}</Empty>
        ) : (
          <Paper withBorder radius="lg" style={{ overflow: 'hidden' }} aria-busy={messages.isPlaceholderData} opacity={messages.isPlaceholderData ? 0.6 : 1}>
            <Rows items={items} />
            <Cards items={items} />
            {data.pages[0]?.is_cut && <Text size="sm" c="dimmed" p="md">{says.cut}</Text>}
            <Older query={messages} />
          </Paper>
        )}
      </Stack>
    </Page>
  );
}

function Rows({ items }: { readonly items: readonly Item[] }) {
  const now = useNow();
  return (
    <Table verticalSpacing={8} horizontalSpacing="md" highlightOnHover layout="fixed" visibleFrom="sm">
      <Table.Thead>
        <Table.Tr><Table.Th>{says.what}</Table.Th><Table.Th>{says.whom}</Table.Th><Table.Th visibleFrom="md">{says.journey}</Table.Th><Table.Th w={240}>{says.state}</Table.Th><Table.Th w={150} ta="right">{says.when}</Table.Th></Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map((item) => (
          <Table.Tr key={item.id}>
            <Table.Td>
              <Group gap="sm" wrap="nowrap">
                <Picture channel={item.channel} />
                <div className="grow">
                  <Anchor component={Link} to={`/messages/${item.id}`} fw={600} size="sm" c="var(--mantine-color-text)" display="block" truncate>{titleOf(item)}</Anchor>
                  {item.subject && item.template && <Text size="xs" c="dimmed" truncate>{item.template_name ?? item.template}</Text>}
                </div>
              </Group>
            </Table.Td>
            <Table.Td><Text size="sm" truncate>{item.to ?? nameOf(item)}</Text>{item.to && item.contact.name && <Text size="xs" c="dimmed" truncate>{item.contact.name}</Text>}</Table.Td>
            <Table.Td visibleFrom="md"><Text size="sm" truncate>{item.journey_name}</Text><Text size="xs" c="dimmed" truncate>{item.node}</Text></Table.Td>
            <Table.Td><Fate item={item} /></Table.Td>
            <Table.Td ta="right"><Text size="sm" c="dimmed" className="unbroken" title={sayFully(item.at)}>{sayAgo(item.at, now)}</Text></Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Cards({ items }: { readonly items: readonly Item[] }) {
  const now = useNow();
  return (
    <Stack gap={0} component="ul" className="plain" hiddenFrom="sm">
      {items.map((item) => (
        <li key={item.id}>
          <Link to="/messages/$id" params={{ id: item.id }} className="line-item">
            <Group gap="sm" wrap="nowrap" align="flex-start">
              <Picture channel={item.channel} />
              <div className="grow">
                <Group gap="xs" wrap="nowrap" justify="space-between"><Text size="sm" fw={600} truncate>{titleOf(item)}</Text><Text size="xs" c="dimmed" className="fixed">{sayAgo(item.at, now)}</Text></Group>
                <Text size="xs" c="dimmed" truncate>{[item.to ?? nameOf(item), item.journey_name].filter(Boolean).join(' · ')}</Text>
                <div style={{ marginTop: 4 }}><Fate item={item} /></div>
              </div>
            </Group>
          </Link>
        </li>
      ))}
    </Stack>
  );
}

function Fate({ item }: { readonly item: Item }) {
  const why = sayWhy(item);
  const mark = lastMark(item);
  return (
    <>
      <Group gap={4} wrap="nowrap"><Tag color={COLORS[item.state]}>{says.states[item.state]}</Tag>{mark && <Tag color={mark === 'bounced' ? 'red' : 'gray'}>{says.marks[mark]}</Tag>}</Group>
      {why && <Text size="xs" c={COLORS[item.state] === 'red' ? colorText('red') : 'dimmed'} lineClamp={2}>{why}</Text>}
    </>
  );
}

function Picture({ channel }: { readonly channel: Item['channel'] }) {
  const { icon: Shown, color } = PICTURES[channel];
  return <ThemeIcon variant="light" color={color} size={32} radius="md" aria-label={says.channels[channel]} role="img"><Shown size={17} stroke={1.8} /></ThemeIcon>;
}

function nameOf({ contact }: Item): string {
  return contact.name || contact.email || contact.phone || says.anonymous;
}
