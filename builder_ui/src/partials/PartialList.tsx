import { Anchor, Button, Group, Modal, Paper, Stack, Table, Text, TextInput, ThemeIcon } from '@mantine/core';
import { IconArrowLeft, IconPlus, IconPuzzle } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { useMay } from '../session/asks';
import { Page } from '../ui/Page';
import { Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellFailure } from '../ui/tell';
import { sayInstant } from '../words/formats';
import { askPartials, type PartialItem, savePartial } from './asks';
import { says } from './words';

const NAME = /^[a-z][a-z0-9_-]{0,63}$/;

/** All pieces that letters share, and which letters include them. */
export function PartialList() {
  const { data, error, refetch } = useQuery(askPartials());
  const mayEdit = useMay('journeys:write');
  const [isMaking, setMaking] = useState(false);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Page title={says.title} more={says.more} actions={mayEdit && <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>{says.create}</Button>}>
      <Anchor component={Link} to="/templates" size="sm" mb="sm" display="inline-flex"><Group gap={4}><IconArrowLeft size={14} />{says.back}</Group></Anchor>
      <Paper withBorder radius="lg" style={{ overflow: 'hidden' }}>
        <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
          <Table.Thead><Table.Tr><Table.Th>{says.name}</Table.Th><Table.Th visibleFrom="sm">{says.usedIn}</Table.Th><Table.Th ta="right" visibleFrom="xs">{says.changed}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{data.map((item) => <Row key={item.name} item={item} />)}</Table.Tbody>
        </Table>
      </Paper>
      {isMaking && <Make taken={data.map(({ name }) => name)} onClose={() => setMaking(false)} />}
    </Page>
  );
}

function Row({ item }: { readonly item: PartialItem }) {
  const names = [...item.templates.map(({ name }) => name), ...item.partials];
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap="sm" wrap="nowrap">
          <ThemeIcon variant="light" color={item.version === null ? 'gray' : 'indigo'} size={32} radius="md"><IconPuzzle size={17} stroke={1.8} /></ThemeIcon>
          <div className="grow">
            <Anchor component={Link} to={`/partials/${item.name}`} fw={600} c="var(--mantine-color-text)">{item.name}</Anchor>
            <Text size="xs" c="dimmed">{item.version === null ? says.product : `${item.is_product ? says.ownInstead : says.own} · ${says.version(item.version)}`}</Text>
          </div>
        </Group>
      </Table.Td>
      <Table.Td visibleFrom="sm">{names.length === 0 ? <Text size="sm" c="dimmed">{says.nobody}</Text> : <Group gap={6}>{names.slice(0, MOST).map((name) => <Tag key={name}>{name}</Tag>)}{names.length > MOST && <Text size="xs" c="dimmed">+{names.length - MOST}</Text>}</Group>}</Table.Td>
      <Table.Td ta="right" visibleFrom="xs"><Text size="sm" c="dimmed" className="unbroken">{sayInstant(item.updated_at)}</Text></Table.Td>
    </Table.Tr>
  );
}

const MOST = 4;

function Make({ taken, onClose }: { readonly taken: readonly string[]; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const wrong = name === '' ? null : !NAME.test(name) ? says.nameWrong : taken.includes(name) ? says.nameTaken : null;
  const make = useMutation({
    mutationFn: () => savePartial(name, `<mj-section>\n  <mj-column>\n    <mj-text>${says.beginning}</mj-text>\n  </mj-column>\n</mj-section>\n`, 0),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['partials'] });
      await navigate({ to: `/partials/${name}` });
    },
    onError: tellFailure,
  });
  return (
    <Modal opened onClose={onClose} title={says.create} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); if (name && wrong === null) make.mutate(); }}>
        <Stack>
          <TextInput label={says.name} description={says.nameMore} value={name} onChange={(event) => setName(event.currentTarget.value.trim())} error={wrong} required maxLength={64} data-autofocus />
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" loading={make.isPending} disabled={!name || wrong !== null}>{says.make}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
