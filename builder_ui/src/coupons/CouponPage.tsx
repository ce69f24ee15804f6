import { ActionIcon, Anchor, Button, Code, CopyButton, Group, Menu, Modal, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconArrowLeft, IconDots, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';

import { Refused } from '../api/client';
import { useMay } from '../session/asks';
import { Card } from '../ui/Card';
import { Figure } from '../ui/Figure';
import { Page } from '../ui/Page';
import { Failure, Loading } from '../ui/States';
import { tellDone, tellFailure } from '../ui/tell';
import { sayFully, sayNumber, sayShare } from '../words/formats';
import { AddCodes } from './AddCodes';
import { askPool, deletePool, type PoolShown, withdrawCodes } from './asks';
import { CodeTable } from './CodeTable';
import { PoolTags, Users } from './CouponList';
import { PoolForm } from './PoolForm';
import { says } from './words';

/** One pool of coupons: what is left, how a letter draws from it, and who has which code. */
export function CouponPage() {
  const { name } = useParams({ from: '/coupons/$name' });
  const { data, error, refetch } = useQuery(askPool(name));
  if (error && !data) return <Failure error={error instanceof Refused && error.status === 404 ? new Error(says.nowhere) : error} retry={() => void refetch()} />;
  return data ? <Shown pool={data} /> : <Loading />;
}

function Shown({ pool }: { readonly pool: PoolShown }) {
  const { name, left, drawn, redeemed, common, low_water, expires_at, common_code, used_by } = pool;
  const mayChange = useMay('journeys:publish');
  const maySee = useMay('contacts:read');
  const [asking, ask] = useState<'add' | 'edit' | 'withdraw' | 'remove' | null>(null);
  const close = () => ask(null);
  const snippet = `{{ coupon("${name}") }}`;
  return (
    <Page title={name} more={says.more} actions={mayChange && (
      <Group gap="xs">
        <Button leftSection={<IconPlus size={16} />} onClick={() => ask('add')}>{says.addCodes}</Button>
        <Menu position="bottom-end">
          <Menu.Target><ActionIcon variant="default" size={36} aria-label={says.actions(name)}><IconDots size={16} /></ActionIcon></Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => ask('edit')}>{says.edit}</Menu.Item>
            <Menu.Item disabled={left === 0} onClick={() => ask('withdraw')}>{says.withdraw}</Menu.Item>
            <Menu.Item color="red" disabled={used_by.length > 0} onClick={() => ask('remove')}>{used_by.length > 0 ? says.inUse : says.remove}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
    )}>
      <Anchor component={Link} to="/coupons" size="sm" mb="sm" display="inline-flex"><Group gap={4}><IconArrowLeft size={14} />{says.back}</Group></Anchor>
      <Stack>
        <PoolTags pool={pool} />
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <Figure label={says.left} value={sayNumber(left)} />
          <Figure label={says.drawn} value={sayNumber(drawn)} more={common > 0 ? says.commonGot(sayNumber(common)) : sayShare(drawn, left + drawn)} />
          <Figure label={says.redeemed} value={sayNumber(redeemed)} more={sayShare(redeemed, drawn + common)} />
        </SimpleGrid>
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Card title={says.snippet} actions={<CopyButton value={snippet}>{({ copied, copy }) => <Button size="compact-xs" variant="subtle" onClick={copy}>{copied ? says.copied : says.copy}</Button>}</CopyButton>}>
            <Code block tabIndex={0}>{snippet}</Code>
            <Group gap={6}><Text size="sm" c="dimmed">{says.usedBy}:</Text>{used_by.length === 0 ? <Text size="sm" c="dimmed">{says.nobody}</Text> : <Users users={used_by} />}</Group>
            <Text size="xs" c="dimmed">{says.redeemMore}</Text>
          </Card>
          <Card title={says.pool}>
            <Fact name={says.lowWater}>{sayNumber(low_water)}</Fact>
            <Fact name={says.expiresAt}>{expires_at ? sayFully(expires_at) : '–'}</Fact>
            <Fact name={says.commonCode}>{common_code === null ? '–' : <Code>{common_code}</Code>}</Fact>
          </Card>
        </SimpleGrid>
        {maySee && <CodeTable name={name} />}
      </Stack>
      {asking === 'add' && <AddCodes name={name} onClose={close} />}
      {asking === 'edit' && <PoolForm key={pool.revision} pool={pool} taken={[]} onClose={close} onStale={() => ask('edit')} />}
      {(asking === 'withdraw' || asking === 'remove') && <Sure deed={asking} pool={pool} onClose={close} />}
    </Page>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return <Group justify="space-between" wrap="nowrap"><Text size="sm" c="dimmed">{name}</Text><Text size="sm" component="div">{children}</Text></Group>;
}

function Sure({ deed, pool: { name, left }, onClose }: { readonly deed: 'withdraw' | 'remove'; readonly pool: PoolShown; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const title = deed === 'remove' ? says.remove : says.withdraw;
  const act = useMutation({
    mutationFn: async () => (deed === 'remove' ? void (await deletePool(name)) : await withdrawCodes(name)),
    onSuccess: async (done) => {
      tellDone(done ? says.withdrawn(sayNumber(done.count)) : says.removed);
      onClose();
      if (deed === 'remove') await navigate({ to: '/coupons' });
      await Promise.all([queries.invalidateQueries({ queryKey: ['coupon-pools'] }), queries.invalidateQueries({ queryKey: ['coupon-codes', name] })]);
    },
    onError: tellFailure,
  });
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Text size="sm">{deed === 'remove' ? says.sureRemove(name) : says.sureWithdraw(sayNumber(left))}</Text>
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button color="red" loading={act.isPending} onClick={() => act.mutate()}>{title}</Button></Group>
      </Stack>
    </Modal>
  );
}
