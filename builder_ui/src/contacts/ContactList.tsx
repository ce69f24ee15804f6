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
import { words } from '../words/language';

const says = words({
  en: { title: 'Contacts', more: 'The newest first.', find: 'E-mail or id', search: 'Search', nobodyFound: 'Nobody found', nobodyYet: 'Nobody yet', foundMore: 'Try the beginning of an e-mail address or of an id.', yetMore: 'Contacts appear with the first event of your site, or by sojourn contacts import.', anonymous: 'Anonymous' },
  de: { title: 'Kontakte', more: 'Die neuesten zuerst.', find: 'E-Mail oder Kennung', search: 'Suchen', nobodyFound: 'Niemand gefunden', nobodyYet: 'Noch niemand', foundMore: 'Versuchen Sie den Anfang einer E-Mail-Adresse oder Kennung.', yetMore: 'Kontakte erscheinen mit dem ersten Ereignis Ihrer Website, oder mit sojourn contacts import.', anonymous: 'Anonym' },
});

/** Everybody known, the newest first, and a way to find somebody. */
export function ContactList() {
  const [words, setWords] = useState('');
  const [search] = useDebouncedValue(words.trim(), 250);
  const contacts = useInfiniteQuery(askContacts(search));
  const { data, error, refetch } = contacts;
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={says.title} more={says.more}
      actions={<TextInput value={words} onChange={(event) => setWords(event.currentTarget.value)} placeholder={says.find} aria-label={says.search} leftSection={<IconSearch size={16} />} w={{ base: '100%', xs: 260 }} />}>
      {!data ? <Loading /> : items.length === 0 ? (
        <Empty icon={IconUsers} title={search ? says.nobodyFound : says.nobodyYet}>{search ? says.foundMore : says.yetMore}</Empty>
      ) : (
        <Paper withBorder radius="lg" style={{ overflow: 'hidden' }}>
          <Table verticalSpacing="sm" horizontalSpacing="lg" highlightOnHover>
            <Table.Tbody>
              {items.map(({ id, name, email, phone, external_id, created_at }) => (
                <Table.Tr key={id}>
                  <Table.Td>
                    <Anchor component={Link} to={`/contacts/${id}`} fw={600} c="var(--mantine-color-text)">{name || email || external_id || says.anonymous}</Anchor>
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
