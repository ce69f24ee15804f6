import { Code, Group, NativeSelect, Paper, Stack, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { askAudit, type Done } from '../audit/asks';
import { Deed } from '../audit/Deed';
import { listSorts } from '../audit/sayDone';
import { useMay } from '../session/asks';
import { Older } from '../ui/Older';
import { Empty, Failure, Loading } from '../ui/States';
import { sayFully, sayInstant } from '../words/formats';
import { askUsers } from './asks';
import { says } from './partsWords';
import { SettingsFrame } from './SettingsFrame';

const { audit: words } = says;

/** Who did what by hand, and when. */
export function AuditPage() {
  const mayUsers = useMay('users:manage');
  const { data: users } = useQuery({ ...askUsers(), enabled: mayUsers });
  const [sort, setSort] = useState('');
  const [actor, setActor] = useState('');
  const query = useInfiniteQuery(askAudit({ ...(sort ? { sort } : {}), ...(actor ? { actor } : {}) }));
  const items = query.data?.pages.flatMap((page) => page.items);
  return (
    <SettingsFrame more={words.more}>
      <Stack gap="sm">
        <Group gap="sm">
          <NativeSelect label={words.of} value={sort} onChange={({ currentTarget }) => setSort(currentTarget.value)} data={[{ value: '', label: words.anything }, ...listSorts()]} />
          <NativeSelect label={words.by} value={actor} onChange={({ currentTarget }) => setActor(currentTarget.value)} data={[{ value: '', label: words.anybody }, ...(users ?? []).map(({ id, name }) => ({ value: `user:${id}`, label: name })), { value: 'console', label: words.console }]} />
        </Group>
        {query.error && !items ? <Failure error={query.error} retry={() => void query.refetch()} /> : !items ? <Loading /> : items.length === 0 ? <Empty icon={IconHistory} title={words.none}>{words.noneMore}</Empty> : (
          <Paper withBorder radius="lg" px="md"><ul className="plain lines">{items.map((done) => <li key={done.id}><Entry done={done} /></li>)}</ul><Older query={query} /></Paper>
        )}
      </Stack>
    </SettingsFrame>
  );
}

function Entry({ done }: { readonly done: Done }) {
  const details = Object.entries(done.details ?? {}).filter(([, value]) => value !== null && value !== '');
  return (
    <Group justify="space-between" align="flex-start" gap="sm" wrap="wrap">
      <div className="grow">
        <Deed done={done} />
        {details.length > 0 && <Code className="wrapped">{details.map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`).join(' · ')}</Code>}
      </div>
      <Text size="xs" c="dimmed" className="fixed numbers" title={sayFully(done.at)}>{sayInstant(done.at)}</Text>
    </Group>
  );
}
