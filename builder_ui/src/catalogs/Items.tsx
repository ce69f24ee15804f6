import { Anchor, Box, Button, Drawer, Group, Paper, Stack, Table, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDatabase, IconSearch, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { Empty, Failure, Loading } from '../ui/States';
import { tellDone, tellFailure } from '../ui/tell';
import { sayInstant, sayNumber } from '../words/formats';
import { askItems, type CatalogShown, type ItemShown, takeOut } from './asks';
import { chooseColumns, showValue } from './snippets';
import { says } from './words';

const COLUMNS = 4;

/** What is in a catalog: searched, and looked at one by one. */
export function Items({ catalog, mayEdit }: { readonly catalog: CatalogShown; readonly mayEdit: boolean }) {
  const [typed, setTyped] = useState('');
  const [shown, setShown] = useState<ItemShown | null>(null);
  const [search] = useDebouncedValue(typed.trim(), 250);
  const items = useInfiniteQuery(askItems(catalog.name, search));
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = items;
  const found = data?.pages.flatMap((page) => page.items) ?? [];
  const columns = chooseColumns(catalog, COLUMNS);
  return (
    <Paper component="section" withBorder radius="lg" aria-label={says.items} style={{ overflow: 'hidden' }}>
      <Group p="md" justify="space-between" gap="sm">
        <TextInput value={typed} onChange={(event) => setTyped(event.currentTarget.value)} placeholder={says.search} aria-label={says.search} leftSection={<IconSearch size={16} />} maxLength={200} flex="1 1 200px" maw={360} />
        <Text size="sm" c="dimmed" className="numbers">{says.itemCount(sayNumber(catalog.items), catalog.items)}</Text>
      </Group>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : found.length === 0 ? (
        <Empty icon={IconDatabase} title={search ? says.nothingFound : says.nothing}>{search ? says.nothingFoundMore : says.nothingMore}</Empty>
      ) : (
        <Box opacity={items.isPlaceholderData ? 0.6 : 1} aria-busy={items.isPlaceholderData}>
          <Table verticalSpacing={8} horizontalSpacing="md" highlightOnHover layout="fixed">
            <Table.Thead><Table.Tr><Table.Th w={{ base: 110, sm: 150 }}>{catalog.key_field}</Table.Th>{columns.map((name, at) => <Table.Th key={name} visibleFrom={at === 0 ? undefined : at === 1 ? 'sm' : 'md'}>{name}</Table.Th>)}</Table.Tr></Table.Thead>
            <Table.Tbody>
              {found.map((item) => (
                <Table.Tr key={item.key}>
                  <Table.Td><Anchor component="button" type="button" size="sm" fw={600} ta="left" className="wrapped" onClick={() => setShown(item)} aria-label={says.showItem(item.key)}>{item.key}</Anchor></Table.Td>
                  {columns.map((name, at) => <Table.Td key={name} visibleFrom={at === 0 ? undefined : at === 1 ? 'sm' : 'md'}><Text size="sm" truncate>{showValue(item.data[name])}</Text></Table.Td>)}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {hasNextPage && <Button variant="subtle" size="sm" fullWidth radius={0} loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{says.showMore}</Button>}
        </Box>
      )}
      {shown && <Details catalog={catalog} item={shown} mayEdit={mayEdit} onClose={() => setShown(null)} />}
    </Paper>
  );
}

function Details({ catalog, item, mayEdit, onClose }: { readonly catalog: CatalogShown; readonly item: ItemShown; readonly mayEdit: boolean; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => takeOut(catalog.name, item.key),
    onSuccess: async () => {
      tellDone(says.takenOut);
      onClose();
      await Promise.all([['catalog', catalog.name], ['catalogs']].map((queryKey) => queries.invalidateQueries({ queryKey })));
    },
    onError: tellFailure,
  });
  const names = [catalog.key_field, ...Object.keys(item.data).filter((name) => name !== catalog.key_field)];
  return (
    <Drawer opened onClose={onClose} position="right" size="min(520px, 100%)" title={item.key} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Table verticalSpacing={8} layout="fixed">
          <Table.Thead><Table.Tr><Table.Th w={140}>{says.field}</Table.Th><Table.Th>{says.holds}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{names.map((name) => <Table.Tr key={name}><Table.Td><Text size="sm" className="mono wrapped">{name}</Text></Table.Td><Table.Td><Text size="sm" className="wrapped">{showValue(item.data[name])}</Text></Table.Td></Table.Tr>)}</Table.Tbody>
        </Table>
        <Group justify="space-between">
          <Text size="xs" c="dimmed">{says.since(sayInstant(item.added_at))}</Text>
          {mayEdit && <Button size="xs" variant="default" leftSection={<IconTrash size={15} />} loading={remove.isPending} onClick={() => remove.mutate()}>{says.takeOut}</Button>}
        </Group>
      </Stack>
    </Drawer>
  );
}
