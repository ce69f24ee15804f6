import { Anchor, Button, Group, Paper, SimpleGrid, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconPlus, IconSearch, IconSend } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { askNames } from '../fields/asks';
import { useMay } from '../session/asks';
import { findChoices } from '../ui/Chooser';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { sayNumber, sayShare } from '../words/formats';
import { askBroadcasts, type Broadcast } from './asks';
import { StateTag, When } from './parts';
import { readAudience } from './plan';
import { nameOf, sayWho } from './sayWho';
import { says } from './words';

/** All broadcasts, with where they stand and what became of them. */
export function BroadcastList() {
  const { data, error, refetch } = useQuery(askBroadcasts());
  const mayEdit = useMay('journeys:write');
  const [search, setSearch] = useState('');
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const found = findChoices(data.map((one) => ({ ...one, id: one.key, label: one.name, more: one.key })), search);
  const create = mayEdit && <Button component={Link} to="/broadcasts/new" leftSection={<IconPlus size={16} />}>{says.create}</Button>;
  return (
    <Page title={says.title} more={says.more} actions={create}>
      {data.length === 0 ? <Empty icon={IconSend} title={says.none} action={mayEdit && <Button component={Link} to="/broadcasts/new" mt="sm">{says.create}</Button>}>{says.noneMore}</Empty> : (
        <Stack gap="sm">
          <TextInput value={search} onChange={(event) => setSearch(event.currentTarget.value)} placeholder={says.search} aria-label={says.search} leftSection={<IconSearch size={16} />} maw={320} />
          {found.length === 0 ? <Empty icon={IconSearch} title={says.notFound}>{says.notFoundMore}</Empty> : (
            <>
              <Paper withBorder radius="lg" visibleFrom="sm"><Rows broadcasts={found} /></Paper>
              <Stack hiddenFrom="sm" gap="sm">{found.map((one) => <InCard key={one.key} broadcast={one} />)}</Stack>
            </>
          )}
        </Stack>
      )}
    </Page>
  );
}

function Rows({ broadcasts }: { readonly broadcasts: readonly Broadcast[] }) {
  const { data: names } = useQuery(askNames());
  return (
    <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
      <Table.Thead>
        <Table.Tr><Table.Th>{says.name}</Table.Th><Table.Th>{says.when}</Table.Th><Table.Th visibleFrom="lg">{says.audience}</Table.Th><Table.Th ta="right">{says.sent}</Table.Th><Table.Th ta="right">{says.opened}</Table.Th><Table.Th ta="right">{says.clicked}</Table.Th></Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {broadcasts.map((one) => (
          <Table.Tr key={one.key}>
            <Table.Td maw={320}><Group gap="sm"><Name broadcast={one} /></Group><Text size="xs" c="dimmed" truncate>{nameOf(names?.templates, one.template)}{one.topic && ` · ${nameOf(names?.topics, one.topic)}`}</Text></Table.Td>
            <Table.Td><Text size="sm">{one.state === 'draft' ? '–' : <When broadcast={one} />}</Text></Table.Td>
            <Table.Td visibleFrom="lg" maw={240}><Text size="sm" c="dimmed" truncate>{sayWho(readAudience(one.audience), names)}</Text></Table.Td>
            {listFigures(one).map(([label, value]) => <Table.Td key={label} ta="right" className="numbers">{value}</Table.Td>)}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function InCard({ broadcast }: { readonly broadcast: Broadcast }) {
  return (
    <Paper withBorder radius="lg" p="md">
      <Group gap="sm" mb={4}><Name broadcast={broadcast} /></Group>
      {broadcast.state !== 'draft' && <Text size="xs" c="dimmed" mb="xs"><When broadcast={broadcast} /></Text>}
      <SimpleGrid cols={3}>{listFigures(broadcast).map(([label, value]) => <div key={label}><Text size="xs" c="dimmed">{label}</Text><Text fw={600} className="numbers">{value}</Text></div>)}</SimpleGrid>
    </Paper>
  );
}

function Name({ broadcast: { key, name, state } }: { readonly broadcast: Broadcast }) {
  return <><Anchor component={Link} to={`/broadcasts/${key}`} fw={600} c="var(--mantine-color-text)">{name}</Anchor><StateTag state={state} /></>;
}

function listFigures({ channel, state, sent, told }: Broadcast): readonly (readonly [string, string])[] {
  if (state === 'draft' || state === 'scheduled') return [[says.sent, '–'], [says.opened, '–'], [says.clicked, '–']];
  // Before anything was heard of these letters nobody can say that none was opened.
  const heard = told && told.delivered + told.opened + told.clicked > 0 ? sent : 0;
  return [[says.sent, sayNumber(sent)], [says.opened, channel === 'email' ? sayShare(told?.opened ?? 0, heard) : '–'], [says.clicked, sayShare(told?.clicked ?? 0, heard)]];
}
