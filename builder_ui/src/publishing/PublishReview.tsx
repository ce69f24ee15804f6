import { Alert, Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { IconRocket } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

import { answer, api, Refused } from '../api/client';
import type { JourneyShown, Problem } from '../api/types';
import { settleDraft } from '../drafts/open';
import { Failure, Loading } from '../ui/States';
import { askPlan, writeMoves } from './asks';
import { Changes } from './Changes';
import { Checks } from './Checks';
import { Earlier } from './Earlier';
import { Inside } from './Inside';
import { FIRST, mayPublish, sumUp, writePublish } from './migration';
import { Published } from './Published';
import { Reach } from './Reach';
import { says } from './words';

type Props = { readonly journey: JourneyShown; readonly onClose: () => void };

/** What publishing would change and for whom, and the button that does it. */
export default function PublishReview({ journey, onClose }: Props) {
  const [settled, setSettled] = useState<Error | true | null>(null);
  useEffect(() => {
    settleDraft(journey.key, says.notSaved).then(() => setSettled(true), (error: unknown) => setSettled(error instanceof Error ? error : new Error(String(error))));
  }, [journey.key]);
  return (
    <Drawer opened onClose={onClose} position="right" size="min(720px, 100%)" title={says.review} closeButtonProps={{ 'aria-label': says.close }}>
      {settled === null ? <Stack align="center"><Loading /><Text size="sm" c="dimmed">{says.saving}</Text></Stack> : settled === true ? <Review journey={journey} onClose={onClose} /> : <Failure error={settled} />}
    </Drawer>
  );
}

function Review({ journey, onClose }: Props) {
  const queries = useQueryClient();
  const [choices, setChoices] = useState(FIRST);
  const { data: planned, error, isFetching, refetch } = useQuery(askPlan(journey.key, choices.targets));
  const publish = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/journeys/{key}/publish', { params: { path: { key: journey.key } }, body: writePublish(choices, writeMoves(choices.targets)) })),
    onSuccess: () => Promise.all([['journeys'], ['journey', journey.key], ['report', journey.key], ['versions', journey.key], ['backfill', journey.key]].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  });
  if (publish.data) return <Published journey={journey} done={publish.data} onClose={onClose} />;
  const problems = error instanceof Refused ? (error.problem['problems'] as readonly Problem[] | undefined) : undefined;
  if (error && !problems) return <Failure error={error} retry={() => void refetch()} />;
  if (problems) return <Checks journey={journey} problems={problems} onClose={onClose} />;
  if (!planned) return <Loading />;
  const next = (journey.version?.number ?? 0) + 1;
  return (
    <Stack>
      <Changes journey={journey} isNew={planned.is_new} />
      <Checks journey={journey} problems={planned.warnings as unknown as readonly Problem[]} onClose={onClose} />
      <Reach journeyKey={journey.key} />
      {journey.version !== null && <Inside journey={journey} planned={planned} choices={choices} onChange={setChoices} />}
      <Earlier choices={choices} onChange={setChoices} />
      {publish.error && <Alert color="red" variant="light">{publish.error.message}</Alert>}
      {choices.moves && !planned.is_mapped && <Text size="sm" c="dimmed">{says.unmapped(sumUp(planned.places).unmapped)}</Text>}
      <Group justify="flex-end" className="foot">
        <Button variant="default" onClick={onClose}>{says.cancel}</Button>
        <Button leftSection={<IconRocket size={16} />} loading={publish.isPending} disabled={isFetching || !mayPublish(planned, choices)} onClick={() => publish.mutate()}>
          {planned.is_new ? says.publishVersion(next) : says.publish}
        </Button>
      </Group>
    </Stack>
  );
}
