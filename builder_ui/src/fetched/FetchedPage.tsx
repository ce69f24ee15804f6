import { ActionIcon, Box, Button, Group, Menu, Modal, Paper, Stack, Text } from '@mantine/core';
import { IconCloudDown, IconDots, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { Users } from '../coupons/CouponList';
import { SettingsFrame } from '../settings/SettingsFrame';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellDone, tellFailure } from '../ui/tell';
import { sayInstant, saySeconds } from '../words/formats';
import { askSources, deleteSource, type SourceShown } from './asks';
import { SourceForm } from './SourceForm';
import { TryIt } from './TryIt';
import { says } from './words';

/** Where letters fetch content from. */
export function FetchedPage() {
  const { data, error, refetch } = useQuery(askSources());
  const [editing, edit] = useState<SourceShown | 'new' | null>(null);
  return (
    <SettingsFrame more={says.more} actions={<Button leftSection={<IconPlus size={16} />} onClick={() => edit('new')}>{says.create}</Button>}>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : data.length === 0 ? <Empty icon={IconCloudDown} title={says.none}>{says.noneMore}</Empty> : (
        <Stack gap="sm">{data.map((source) => <Row key={source.name} source={source} edit={() => edit(source)} />)}</Stack>
      )}
      {editing !== null && data && (
        <SourceForm key={editing === 'new' ? 'new' : `${editing.name}/${editing.revision}`} source={editing === 'new' ? null : editing} taken={data.map(({ name }) => name)} onClose={() => edit(null)} onStale={edit} />
      )}
    </SettingsFrame>
  );
}

function Row({ source, edit }: { readonly source: SourceShown; readonly edit: () => void }) {
  const { name, url, headers, answers, fresh_seconds, stale_hours, state, failing_since, used_by } = source;
  const [asking, ask] = useState<'try' | 'remove' | null>(null);
  return (
    <Paper component="article" withBorder radius="lg" p="md" aria-label={name}>
      <Group justify="space-between" align="flex-start">
        <Box flex="1 1 240px" miw={0}>
          <Group gap="xs">
            <Text fw={600}>{name}</Text>
            {state !== 'working' && <Tag color={state === 'resting' ? 'red' : 'orange'}>{`${says.states[state]} ${failing_since ? says.since(sayInstant(failing_since)) : ''}`}</Tag>}
            <Tag color="indigo">{answers === 'json' ? says.json : says.text}</Tag>
            {headers.map((header) => <Tag key={header}>{header}</Tag>)}
          </Group>
          <Text size="sm" c="dimmed" className="wrapped">{url}</Text>
          <Text size="xs" c="dimmed">{says.fresh(saySeconds(fresh_seconds))}{stale_hours > 0 && `, ${says.stale(stale_hours)}`}</Text>
          <Group gap={6}><Text size="xs" c="dimmed">{says.usedBy}:</Text>{used_by.length === 0 ? <Text size="xs" c="dimmed">{says.nobody}</Text> : <Users users={used_by} />}</Group>
        </Box>
        <Group gap="xs" wrap="nowrap" className="fixed">
          <Button size="xs" variant="default" onClick={() => ask('try')} aria-label={`${says.tryOut}: ${name}`}>{says.tryOut}</Button>
          <Menu position="bottom-end">
            <Menu.Target><ActionIcon variant="subtle" color="gray" size="lg" aria-label={says.actions(name)}><IconDots size={16} /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={edit}>{says.edit}</Menu.Item>
              <Menu.Item color="red" disabled={used_by.length > 0} onClick={() => ask('remove')}>{used_by.length > 0 ? says.inUse : says.remove}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      {asking === 'try' && <TryIt source={source} onClose={() => ask(null)} />}
      {asking === 'remove' && <Remove name={name} onClose={() => ask(null)} />}
    </Paper>
  );
}

function Remove({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () => deleteSource(name),
    onSuccess: () => { tellDone(says.removed); onClose(); return queries.invalidateQueries({ queryKey: ['fetch-sources'] }); },
    onError: tellFailure,
  });
  return (
    <Modal opened onClose={onClose} title={says.remove} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Text size="sm">{says.sureRemove(name)}</Text>
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>{says.remove}</Button></Group>
      </Stack>
    </Modal>
  );
}
