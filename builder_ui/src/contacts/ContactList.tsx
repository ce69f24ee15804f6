import { Anchor, Button, Group, NativeSelect, Paper, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFilter, IconPlus, IconSearch, IconUpload, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';

import type { Condition } from '../generated/journey';
import { sayCondition } from '../graph/words';
import { useNow } from '../questions/useNow';
import { useMay } from '../session/asks';
import { askSegments } from '../segments/asks';
import { Older } from '../ui/Older';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { sayAgo, sayFully, sayInstant, sayNumber } from '../words/formats';
import { askContacts, type Item } from './asks';
import { NewContact } from './NewContact';
import { says } from './words';

const Filter = lazy(() => import('./Filter'));

/** Everybody known, the newest first, and ways to find somebody. */
export function ContactList() {
  const [typed, setTyped] = useState('');
  const [segment, setSegment] = useState<string | null>(null);
  const [condition, setCondition] = useState<Condition | null>(null);
  const [isFiltering, setFiltering] = useState(false);
  const [isMaking, setMaking] = useState(false);
  const [search] = useDebouncedValue(typed.trim(), 250);
  const mayEdit = useMay('contacts:write');
  const maySeeSegments = useMay('journeys:read');
  const { data: segments } = useQuery({ ...askSegments(), enabled: maySeeSegments });
  const contacts = useInfiniteQuery(askContacts({ search, segment, condition }));
  const { data, error, refetch } = contacts;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  const total = data?.pages[0]?.total;
  const isCut = data?.pages.at(-1)?.is_cut ?? false;
  const isNarrowed = search !== '' || segment !== null || condition !== null;
  return (
    <Page title={says.title} more={total ? (total.exact ? says.total(sayNumber(total.count), total.count) : says.atLeast(sayNumber(total.count))) : ' '}
      actions={mayEdit && <Group gap="xs"><Button component={Link} to="/contacts/import" variant="default" leftSection={<IconUpload size={16} />}>{says.import}</Button><Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>{says.create}</Button></Group>}>
      <Stack gap="sm">
        <Group gap="sm">
          <TextInput value={typed} onChange={(event) => setTyped(event.currentTarget.value)} placeholder={says.find} aria-label={says.search} leftSection={<IconSearch size={16} />} maxLength={200} flex="1 1 220px" maw={380} />
          {segments && segments.length > 0 && (
            <NativeSelect aria-label={says.segment} value={segment ?? ''} onChange={(event) => setSegment(event.currentTarget.value || null)} data={[{ value: '', label: says.anySegment }, ...segments.map(({ key, name }) => ({ value: key, label: name }))]} maw={240} />
          )}
          <Button variant={condition ? 'light' : 'default'} leftSection={<IconFilter size={16} />} aria-expanded={isFiltering} onClick={() => setFiltering(!isFiltering)}>{says.filter}</Button>
        </Group>
        {isFiltering && (
          <Suspense fallback={<Loading />}>
            <Filter condition={condition} close={() => setFiltering(false)} apply={(next) => {
              setCondition(next);
              setFiltering(false);
            }} />
          </Suspense>
        )}
        {condition && !isFiltering && <Text size="sm"><Text span c="dimmed">{says.filterMore}: </Text>{sayCondition(condition)} <Anchor component="button" type="button" size="sm" onClick={() => setCondition(null)}>{says.clear}</Anchor></Text>}
        {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : items.length === 0 && !contacts.hasNextPage ? (
          <Empty icon={IconUsers} title={isNarrowed ? says.nobodyFound : says.nobodyYet}
            action={!isNarrowed && <Button component={Link} to="/events" variant="default">{says.connect}</Button>}>{isNarrowed ? says.foundMore : says.yetMore}</Empty>
        ) : (
          <Paper withBorder radius="lg" style={{ overflow: 'hidden' }} aria-busy={contacts.isPlaceholderData} opacity={contacts.isPlaceholderData ? 0.6 : 1}>
            <Found items={items} />
            {isCut && <Text size="sm" c="dimmed" p="md">{says.cut}</Text>}
            <Older query={contacts} />
          </Paper>
        )}
      </Stack>
      {isMaking && <NewContact onClose={() => setMaking(false)} />}
    </Page>
  );
}

function Found({ items }: { readonly items: readonly Item[] }) {
  const now = useNow();
  return (
    <Table verticalSpacing={8} horizontalSpacing="md" highlightOnHover layout="fixed">
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{says.name}</Table.Th>
          <Table.Th visibleFrom="sm">{says.email}</Table.Th>
          <Table.Th visibleFrom="lg" w={160}>{says.phone}</Table.Th>
          <Table.Th visibleFrom="md" w={180} ta="right">{says.created}</Table.Th>
          <Table.Th w={{ base: 110, sm: 150 }} ta="right">{says.seen}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {items.map(({ id, name, email, phone, external_id, created_at, active_at }) => (
          <Table.Tr key={id}>
            <Table.Td>
              <Anchor component={Link} to={`/contacts/${id}`} fw={600} size="sm" c="var(--mantine-color-text)" display="block" truncate>{name || email || external_id || says.anonymous}</Anchor>
              {name && external_id && <Text size="xs" c="dimmed" truncate visibleFrom="sm">{external_id}</Text>}
              <Text size="xs" c="dimmed" truncate hiddenFrom="sm">{email ?? phone ?? external_id}</Text>
            </Table.Td>
            <Table.Td visibleFrom="sm"><Text size="sm" truncate>{email ?? says.none}</Text></Table.Td>
            <Table.Td visibleFrom="lg"><Text size="sm" className="numbers" truncate>{phone ?? says.none}</Text></Table.Td>
            <Table.Td visibleFrom="md" ta="right"><Text size="sm" c="dimmed" className="fixed" title={sayFully(created_at)}>{sayInstant(created_at)}</Text></Table.Td>
            <Table.Td ta="right"><Text size="sm" c="dimmed" {...(active_at ? { title: sayFully(active_at) } : {})}>{active_at ? sayAgo(active_at, now) : says.never}</Text></Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
