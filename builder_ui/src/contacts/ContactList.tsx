import { Anchor, Paper, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch, IconUsers } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { Older } from '../ui/Older';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { sayInstant } from '../words/formats';
import { askContacts } from './asks';

/** Everybody known, the newest first, and a way to find somebody. */
export function ContactList() {
  const [words, setWords] = useState('');
  const [search] = useDebouncedValue(words.trim(), 250);
  const contacts = useInfiniteQuery(askContacts(search));
  const { data, error, refetch } = contacts;
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title="Contacts" more="The newest first."
      actions={<TextInput value={words} onChange={(event) => setWords(event.currentTarget.value)} placeholder="E-mail or id" aria-label="Search" leftSection={<IconSearch size={16} />} w={{ base: '100%', xs: 260 }} />}>
      {!data ? <Loading /> : items.length === 0 ? (
        <Empty icon={IconUsers} title={search ? 'Nobody found' : 'Nobody yet'}>{search ? 'Try the beginning of an e-mail address or of an id.' : 'Contacts appear with the first event of your site, or by sojourn contacts import.'}</Empty>
      ) : (
        <Paper withBorder radius="lg" style={{ overflow: 'hidden' }}>
          <Table verticalSpacing="sm" horizontalSpacing="lg" highlightOnHover>
            <Table.Tbody>
              {items.map(({ id, name, email, phone, external_id, created_at }) => (
                <Table.Tr key={id}>
                  <Table.Td>
                    <Anchor component={Link} to={`/contacts/${id}`} fw={600} c="var(--mantine-color-text)">{name || email || external_id || 'Anonymous'}</Anchor>
                    <Text size="xs" c="dimmed" hiddenFrom="sm" style={{ overflowWrap: 'anywhere' }}>{email ?? phone ?? external_id}</Text>
                  </Table.Td>
                  <Table.Td visibleFrom="sm"><Text size="sm">{email ?? phone ?? '–'}</Text></Table.Td>
                  <Table.Td visibleFrom="sm"><Text size="sm" c="dimmed">{external_id ?? '–'}</Text></Table.Td>
                  <Table.Td ta="right" visibleFrom="xs" style={{ whiteSpace: 'nowrap' }}><Text size="sm" c="dimmed">{sayInstant(created_at)}</Text></Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          <Older query={contacts} />
        </Paper>
      )}
    </Page>
  );
}
