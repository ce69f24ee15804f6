import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconGauge, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { useMay } from '../session/asks';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { askLimits, askTopics, type LimitShown } from './asks';
import { LimitForm } from './LimitForm';
import { sayLimit, sayOver, says as words } from './limits';
import { says } from './partsWords';
import { SettingsFrame } from './SettingsFrame';

/** How much marketing one person gets at most. */
export function LimitsPage() {
  const { data, error, refetch } = useQuery(askLimits());
  const { data: topics } = useQuery(askTopics());
  const mayChange = useMay('settings:manage');
  const [editing, edit] = useState<LimitShown | 'new' | null>(null);
  const nameTopic = (key: string) => topics?.find((one) => one.key === key)?.name ?? key;
  return (
    <SettingsFrame more={words.more} actions={mayChange && <Button leftSection={<IconPlus size={16} />} onClick={() => edit('new')}>{words.create}</Button>}>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : (
        <Stack gap="sm">
          {data.length === 0 ? <Empty icon={IconGauge} title={words.none}>{words.noneMore}</Empty> : data.map((limit) => (
            <Paper key={limit.key} component="article" withBorder radius="lg" p="md" aria-label={limit.name}>
              <Group justify="space-between" align="flex-start" wrap="nowrap">
                <div className="grow">
                  <Group gap="xs"><Text fw={600}>{limit.name}</Text>{limit.most !== null && <Tag color={limit.policy === 'hold' ? 'orange' : 'gray'}>{sayOver(limit)}</Tag>}</Group>
                  <Text size="sm" c="dimmed" className="wrapped">{sayLimit(limit, nameTopic)}</Text>
                  {limit.counts_transactional && <Text size="xs" c="dimmed">{words.counts}</Text>}
                </div>
                {mayChange && <Button size="xs" variant="default" className="fixed" aria-label={says.change(limit.name)} onClick={() => edit(limit)}>{says.edit}</Button>}
              </Group>
            </Paper>
          ))}
        </Stack>
      )}
      {editing !== null && data && <LimitForm key={editing === 'new' ? 'new' : `${editing.key}/${editing.revision}`} limit={editing === 'new' ? null : editing} taken={new Set(data.map(({ key }) => key))} onClose={() => edit(null)} onStale={edit} />}
    </SettingsFrame>
  );
}
