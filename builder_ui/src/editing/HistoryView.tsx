import { Button, Drawer, Group, ScrollArea, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { infiniteQueryOptions, queryOptions, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';

import { answer, api, PAGED } from '../api/client';
import type { Journey } from '../generated/journey';
import type { EditStep } from '../graph/edit/steps';
import { Older } from '../ui/Older';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellDone } from '../ui/tell';
import { sayFully, sayInstant } from '../words/formats';
import { DifferenceList } from './DifferenceList';
import { DifferencePicture } from './DifferencePicture';
import { compare, isEqual } from './differences';
import { says } from './words';

const askVersions = (key: string) =>
  infiniteQueryOptions({
    queryKey: ['versions', key],
    queryFn: ({ pageParam: before }) => answer(api.GET('/api/v1/journeys/{key}/versions', { params: { path: { key }, query: { before } } })),
    ...PAGED,
  });
const askVersion = (key: string, number: number) =>
  queryOptions({
    queryKey: ['version', key, number],
    queryFn: () => answer(api.GET('/api/v1/journeys/{key}/versions/{number}', { params: { path: { key, number } } })),
    staleTime: Infinity,
  });

/** What was published when and by whom, each compared with the draft, and brought back if wished. */
export function HistoryView({ journey, live, mayEdit, edit, onClose }: {
  readonly journey: Journey;
  readonly live: number | null;
  readonly mayEdit: boolean;
  readonly edit: (step: EditStep) => void;
  readonly onClose: () => void;
}) {
  const versions = useInfiniteQuery(askVersions(journey.key));
  const items = versions.data?.pages.flatMap((page) => page.items) ?? [];
  const [asked, ask] = useState<number | null>(null);
  const number = asked ?? items[0]?.number ?? null;
  const restore = (document: Journey, which: number) => {
    edit({ label: says.version(which), change: (now) => ({ ...document, key: now.key }) });
    tellDone(says.restored(which));
    onClose();
  };
  return (
    <Drawer opened onClose={onClose} position="right" size="min(1180px, 100%)" title={says.history} closeButtonProps={{ 'aria-label': says.close }} classNames={{ body: 'history' }}>
      {versions.error && !versions.data ? <Failure error={versions.error} retry={() => void versions.refetch()} /> : !versions.data ? <Loading /> : number === null ? (
        <Empty icon={IconHistory} title={says.versions}>{says.noVersions}</Empty>
      ) : (
        <>
          <ScrollArea component="nav" aria-label={says.versions} className="versions">
            {items.map((item) => (
              <UnstyledButton key={item.number} w="100%" p="xs" className={item.number === number ? 'choice chosen' : 'choice'} aria-current={item.number === number} onClick={() => ask(item.number)}>
                <Group gap="xs"><Text size="sm" fw={600}>{says.version(item.number)}</Text>{item.number === live && <Tag color="green">{says.live}</Tag>}</Group>
                <Text size="xs" c="dimmed" title={sayFully(item.published_at)}>{sayInstant(item.published_at)} · {says.by(item.published_by)}</Text>
              </UnstyledButton>
            ))}
            <Older query={versions} />
          </ScrollArea>
          <Compared key={number} journey={journey} number={number} onRestore={mayEdit ? restore : null} />
        </>
      )}
    </Drawer>
  );
}

function Compared({ journey, number, onRestore }: { readonly journey: Journey; readonly number: number; readonly onRestore: ((document: Journey, number: number) => void) | null }) {
  const { data, error } = useQuery(askVersion(journey.key, number));
  const document = data?.document as unknown as Journey | undefined;
  const differences = useMemo(() => (document ? compare(document, journey) : null), [document, journey]);
  if (error) return <Failure error={error} />;
  if (!document || !differences) return <Loading />;
  return (
    <Stack gap="sm" miw={0} mih={0} className="compared">
      <Group justify="space-between">
        <Text size="sm" fw={600}>{says.compare}</Text>
        {onRestore && <Button size="xs" variant="default" disabled={isEqual(differences)} onClick={() => onRestore(document, number)}>{says.restore}</Button>}
      </Group>
      <DifferencePicture from={document} to={journey} differences={differences} />
      <DifferenceList from={document} to={journey} differences={differences} height={220} />
    </Stack>
  );
}
