import { Anchor, Code, Group, Paper, SegmentedControl, Table, Text, TextInput, Title } from '@mantine/core';
import { IconSearch, IconTicket } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { Older } from '../ui/Older';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag, type TagColor } from '../ui/Tag';
import { sayFully, sayInstant } from '../words/formats';
import { askCodes, type CodeShown, type CodeState } from './asks';
import { says } from './words';

const COLORS: Readonly<Record<string, TagColor>> = { left: 'gray', drawn: 'indigo', redeemed: 'green' };

/** The codes of a pool, the newest first, and who has which. */
export function CodeTable({ name }: { readonly name: string }) {
  const [state, choose] = useState<CodeState | 'all'>('drawn');
  const [code, setCode] = useState('');
  const codes = useInfiniteQuery(askCodes(name, state === 'all' ? null : state, code.trim()));
  const { data, error, refetch } = codes;
  const isSought = code.trim() !== '';
  const items = data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="codes">
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h4" id="codes">{says.allCodes}</Title>
        <Group gap="xs">
          <TextInput size="xs" value={code} onChange={({ currentTarget }) => setCode(currentTarget.value)} placeholder={says.search} aria-label={says.search} leftSection={<IconSearch size={14} />} maxLength={64} />
          <SegmentedControl size="xs" aria-label={says.which} value={state} onChange={(next) => choose(next as CodeState | 'all')} data={[{ value: 'all', label: says.all }, ...(['left', 'drawn', 'redeemed'] as const).map((value) => ({ value, label: says.states[value] ?? value }))]} />
        </Group>
      </Group>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : items.length === 0 ? <Empty icon={IconTicket} title={isSought ? says.noCodes : says.noneOf[state]}>{isSought ? says.noCodesMore : says.noneOfMore[state]}</Empty> : (
        <Paper withBorder radius="lg" style={{ overflow: 'hidden' }} aria-busy={codes.isPlaceholderData}>
          <Table verticalSpacing={8} horizontalSpacing="md" highlightOnHover>
            <Table.Thead><Table.Tr><Table.Th>{says.code}</Table.Th><Table.Th>{says.who}</Table.Th><Table.Th visibleFrom="sm">{says.message}</Table.Th><Table.Th ta="right" visibleFrom="sm">{says.when}</Table.Th></Table.Tr></Table.Thead>
            <Table.Tbody>{items.map((item) => <Row key={item.id} item={item} />)}</Table.Tbody>
          </Table>
          <Older query={codes} />
        </Paper>
      )}
    </section>
  );
}

function Row({ item: { code, state, is_common, drawn_at, contact, contact_name, message } }: { readonly item: CodeShown }) {
  return (
    <Table.Tr>
      <Table.Td><Group gap={6}><Code className="wrapped">{code}</Code><Tag color={COLORS[state] ?? 'gray'}>{says.states[state] ?? state}</Tag>{is_common && <Tag>{says.common}</Tag>}</Group></Table.Td>
      <Table.Td>{contact ? <Anchor component={Link} to={`/contacts/${contact}`} size="sm" className="wrapped">{contact_name || contact.slice(0, 8)}</Anchor> : <Text size="sm" c="dimmed">{drawn_at ? says.forgotten : '–'}</Text>}</Table.Td>
      <Table.Td visibleFrom="sm">{message ? <Anchor component={Link} to={`/messages/${message}`} size="sm">{says.message}</Anchor> : <Text size="sm" c="dimmed">–</Text>}</Table.Td>
      <Table.Td ta="right" visibleFrom="sm"><Text size="sm" c="dimmed" title={drawn_at ? sayFully(drawn_at) : undefined}>{sayInstant(drawn_at)}</Text></Table.Td>
    </Table.Tr>
  );
}
