import { Button, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import { useMay } from '../session/asks';
import { tellFailure } from '../ui/tell';
import { sayNumber } from '../words/formats';
import { askBackfill } from './asks';
import { says } from './words';

/** How far a backfill is, while there is one. */
export function Filling({ journeyKey }: { readonly journeyKey: string }) {
  const queries = useQueryClient();
  const mayCancel = useMay('journeys:publish');
  const { data } = useQuery(askBackfill(journeyKey));
  const cancel = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/journeys/{key}/backfill', { params: { path: { key: journeyKey } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['backfill', journeyKey] }),
    onError: tellFailure,
  });
  if (!data) return null;
  if (data.done_at !== null) return <Text size="sm" c="dimmed">{says.fillingDone(sayNumber(data.entered))}</Text>;
  const said = says.filling(sayNumber(data.seen), sayNumber(data.contacts), sayNumber(data.entered));
  return (
    <Stack gap={6} w="100%" maw={420}>
      <Progress value={data.contacts > 0 ? (100 * data.seen) / data.contacts : 100} animated aria-label={said} />
      <Text size="sm" role="status">{said}</Text>
      {mayCancel && <Button size="xs" variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>{says.cancelFilling}</Button>}
    </Stack>
  );
}
