import { Anchor, Box, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconBell, IconChecks } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { useMay } from '../session/asks';
import { Older } from '../ui/Older';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellFailure } from '../ui/tell';
import { sayInstant } from '../words/formats';
import { askNotices, markRead, type Notice } from './asks';
import { says } from './words';

/** What colleagues were told, the newest first. */
export default function NoticeList({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient();
  const mayMark = useMay('journeys:write');
  const notices = useInfiniteQuery(askNotices());
  const { data, error, refetch } = notices;
  const mark = useMutation({ mutationFn: markRead, onSuccess: () => queries.invalidateQueries({ queryKey: ['notices'] }), onError: tellFailure });
  const items = data?.pages.flatMap((page) => page.notices) ?? [];
  const unread = items.filter(({ read_at }) => read_at === null).map(({ id }) => id);
  return (
    <Drawer opened onClose={onClose} position="right" size="min(440px, 100%)" title={says.title} closeButtonProps={{ 'aria-label': says.close }}>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : items.length === 0 ? <Empty icon={IconBell} title={says.none}>{says.noneMore}</Empty> : (
        <Stack gap="xs">
          {mayMark && unread.length > 0 && <Group justify="flex-end"><Button size="compact-sm" variant="subtle" leftSection={<IconChecks size={15} />} loading={mark.isPending} onClick={() => mark.mutate(unread)}>{says.markAll}</Button></Group>}
          <ul className="plain">{items.map((notice) => <li key={notice.id}><Told notice={notice} read={mayMark ? () => notice.read_at === null && mark.mutate([notice.id]) : undefined} onClose={onClose} /></li>)}</ul>
          <Older query={notices} />
        </Stack>
      )}
    </Drawer>
  );
}

function Told({ notice: { words, at, to, journey, contact, question, read_at }, read, onClose }: { readonly notice: Notice; readonly read: (() => unknown) | undefined; readonly onClose: () => void }) {
  const mayAnswer = useMay('questions:answer');
  const leave = () => {
    read?.();
    onClose();
  };
  return (
    <Box py="sm" className="notice">
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Text size="sm" fw={read_at === null ? 600 : 400} className="wrapped">{words}</Text>
        {read_at === null && <span className="fixed"><Tag color="indigo">{says.new_}</Tag></span>}
      </Group>
      <Group gap="sm" mt={4}>
        <Text size="xs" c="dimmed">{sayInstant(at)} · {says.to(to)}{journey === null ? ` · ${says.product}` : ''}</Text>
        {question !== null && mayAnswer && <Anchor component={Link} to={`/questions/${question}`} size="xs" onClick={leave}>{says.question}</Anchor>}
        {contact && <Anchor component={Link} to={`/contacts/${contact}`} size="xs" onClick={leave}>{says.contact}</Anchor>}
        {journey && <Anchor component={Link} to={`/journeys/${journey}`} size="xs" onClick={leave}>{journey}</Anchor>}
      </Group>
    </Box>
  );
}
