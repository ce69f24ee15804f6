import { Anchor, Button, Group, Modal, Paper, Stack, Table, Text, TextInput, ThemeIcon } from '@mantine/core';
import { IconPlus, IconShoppingBag } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { useMay } from '../session/asks';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellFailure } from '../ui/tell';
import { sayInstant, sayNumber } from '../words/formats';
import { askCatalogs, type CatalogItem, saveCatalog } from './asks';
import { says } from './words';

const NAME = /^[a-z][a-z0-9_-]{0,63}$/;
const MOST = 5;

/** All data sets that letters look things up in. */
export function CatalogList() {
  const { data, error, refetch } = useQuery(askCatalogs());
  const mayEdit = useMay('journeys:write');
  const [isMaking, setMaking] = useState(false);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const make = mayEdit && <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>{says.create}</Button>;
  return (
    <Page title={says.title} more={says.more} actions={data.length > 0 && make}>
      {data.length === 0 ? <Empty icon={IconShoppingBag} title={says.none} action={make}>{says.noneMore}</Empty> : (
        <Paper withBorder radius="lg" style={{ overflow: 'hidden' }}>
          <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
            <Table.Thead><Table.Tr><Table.Th>{says.name}</Table.Th><Table.Th visibleFrom="md">{says.fields}</Table.Th><Table.Th ta="right">{says.items}</Table.Th><Table.Th ta="right" visibleFrom="sm">{says.changed}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{data.map((item) => <Row key={item.name} item={item} />)}</Table.Tbody>
          </Table>
        </Paper>
      )}
      {isMaking && <Make taken={data.map(({ name }) => name)} onClose={() => setMaking(false)} />}
    </Page>
  );
}

function Row({ item }: { readonly item: CatalogItem }) {
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <ThemeIcon variant="light" size={32} radius="md" visibleFrom="xs"><IconShoppingBag size={17} stroke={1.8} /></ThemeIcon>
          <div className="grow">
            <Anchor component={Link} to={`/catalogs/${item.name}`} fw={600} c="var(--mantine-color-text)">{item.name}</Anchor>
            <Text size="xs" c="dimmed" lineClamp={2}>{item.description}</Text>
          </div>
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="md"><Group gap={6}>{item.fields.slice(0, MOST).map((name) => <Tag key={name} color={name === item.key_field ? 'indigo' : 'gray'}>{name}</Tag>)}{item.fields.length > MOST && <Text size="xs" c="dimmed">+{item.fields.length - MOST}</Text>}</Group></Table.Td>
      <Table.Td ta="right"><Text size="sm" className="numbers">{sayNumber(item.items)}</Text></Table.Td>
      <Table.Td ta="right" visibleFrom="sm"><Text size="sm" c="dimmed">{sayInstant(item.updated_at)}</Text></Table.Td>
    </Table.Tr>
  );
}

function Make({ taken, onClose }: { readonly taken: readonly string[]; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [key, setKey] = useState('sku');
  const wrong = name === '' ? null : !NAME.test(name) ? says.nameWrong : taken.includes(name) ? says.nameTaken : null;
  const isWhole = name !== '' && wrong === null && key.trim() !== '';
  const make = useMutation({
    mutationFn: () => saveCatalog(name, { description: description.trim(), key_field: key.trim(), category_field: null, interest: null, owned: null }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['catalogs'] });
      await navigate({ to: `/catalogs/${name}` });
    },
    onError: tellFailure,
  });
  return (
    <Modal opened onClose={onClose} title={says.create} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); if (isWhole) make.mutate(); }}>
        <Stack>
          <TextInput label={says.name} description={says.nameMore} placeholder="products" value={name} onChange={(event) => setName(event.currentTarget.value.trim())} error={wrong} required maxLength={64} data-autofocus />
          <TextInput label={says.description} value={description} onChange={(event) => setDescription(event.currentTarget.value)} maxLength={500} />
          <TextInput label={says.keyField} description={says.keyMore} value={key} onChange={(event) => setKey(event.currentTarget.value)} required maxLength={64} />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" loading={make.isPending} disabled={!isWhole}>{says.make}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
