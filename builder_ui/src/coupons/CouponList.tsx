import { Anchor, Button, Group, Paper, Progress, Stack, Table, Text } from '@mantine/core';
import { IconPlus, IconTicket } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { useMay } from '../session/asks';
import { Page } from '../ui/Page';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { sayFully, sayInstant, sayNumber } from '../words/formats';
import { askPools, type PoolShown } from './asks';
import { PoolForm } from './PoolForm';
import { says } from './words';

/** All pools of coupons, with what is left of each. */
export function CouponList() {
  const { data, error, refetch } = useQuery(askPools());
  const navigate = useNavigate();
  const mayChange = useMay('journeys:publish');
  const [isMaking, setMaking] = useState(false);
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const create = mayChange && <Button leftSection={<IconPlus size={16} />} onClick={() => setMaking(true)}>{says.create}</Button>;
  return (
    <Page title={says.title} more={says.more} actions={create}>
      {data.length === 0 ? <Empty icon={IconTicket} title={says.none}>{says.noneMore}</Empty> : (
        <Paper withBorder radius="lg" style={{ overflow: 'hidden' }}>
          <Table verticalSpacing="sm" horizontalSpacing="md" highlightOnHover>
            <Table.Thead>
              <Table.Tr><Table.Th>{says.pool}</Table.Th><Table.Th w={{ base: 130, sm: 240 }}>{says.left}</Table.Th><Table.Th ta="right" visibleFrom="sm">{says.drawn}</Table.Th><Table.Th ta="right" visibleFrom="md">{says.redeemed}</Table.Th><Table.Th visibleFrom="md">{says.usedBy}</Table.Th><Table.Th ta="right" visibleFrom="sm">{says.ends}</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>{data.map((pool) => <Row key={pool.name} pool={pool} />)}</Table.Tbody>
          </Table>
        </Paper>
      )}
      {isMaking && <PoolForm pool={null} taken={data.map(({ name }) => name)} onClose={() => setMaking(false)} onMade={(name) => void navigate({ to: `/coupons/${name}` })} />}
    </Page>
  );
}

function Row({ pool }: { readonly pool: PoolShown }) {
  const { name, drawn, redeemed, used_by, expires_at } = pool;
  return (
    <Table.Tr>
      <Table.Td>
        <Stack gap={4} align="flex-start">
          <Anchor component={Link} to={`/coupons/${name}`} fw={600} c="var(--mantine-color-text)" className="wrapped">{name}</Anchor>
          <PoolTags pool={pool} />
        </Stack>
      </Table.Td>
      <Table.Td><Left pool={pool} /></Table.Td>
      <Table.Td ta="right" visibleFrom="sm" className="numbers">{sayNumber(drawn)}</Table.Td>
      <Table.Td ta="right" visibleFrom="md" className="numbers">{sayNumber(redeemed)}</Table.Td>
      <Table.Td visibleFrom="md">{used_by.length === 0 ? <Text size="sm" c="dimmed">{says.nobody}</Text> : <Users users={used_by} />}</Table.Td>
      <Table.Td ta="right" visibleFrom="sm"><Text size="sm" c="dimmed" title={expires_at ? sayFully(expires_at) : undefined}>{sayInstant(expires_at)}</Text></Table.Td>
    </Table.Tr>
  );
}

/** What is to be noticed of a pool. */
export function PoolTags({ pool: { left, drawn, is_low, is_expired, per_contact } }: { readonly pool: PoolShown }) {
  const isEmpty = left === 0;
  if (!is_expired && !is_low && !per_contact) return null;
  return (
    <Group gap={6}>
      {is_expired ? <Tag color="gray">{says.expired}</Tag> : is_low && <Tag color={isEmpty ? 'red' : 'orange'}>{isEmpty ? says.empty : says.low}</Tag>}
      {per_contact && (drawn > 0 || left > 0) && <Tag color="indigo">{says.perContact}</Tag>}
    </Group>
  );
}

function Left({ pool: { left, drawn, is_low } }: { readonly pool: PoolShown }) {
  const all = left + drawn;
  const words = says.leftOf(sayNumber(left), sayNumber(all));
  return (
    <>
      <Text size="sm" className="numbers">{words}</Text>
      <Progress mt={4} size="sm" value={all === 0 ? 0 : (100 * left) / all} color={left === 0 ? 'red' : is_low ? 'orange' : 'teal'} aria-label={words} />
    </>
  );
}

/** The templates and partials that name a thing. */
export function Users({ users }: { readonly users: PoolShown['used_by'] }) {
  return <Group gap={6}>{users.map(({ key, name, is_partial }) => <Anchor key={`${is_partial}/${key}`} component={Link} to={`/${is_partial ? 'partials' : 'templates'}/${key}`} size="sm">{name}</Anchor>)}</Group>;
}
