import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowLeft } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';

import { answer, api } from '../api/client';
import { askEndpoints, type EndpointShown } from '../settings/asks';
import { Page } from '../ui/Page';
import { Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellDone, tellFailure } from '../ui/tell';
import { sayInstant, sayNumber } from '../words/formats';
import { CallLog } from './CallLog';
import { Secrets } from './Secrets';
import { COLORS } from './told';
import { says } from './words';

/** One endpoint: how it fares, its calls, and the secrets that sign them. */
export function EndpointPage() {
  const { key } = useParams({ from: '/settings/endpoints/$key' });
  const { data, error, refetch } = useQuery({ ...askEndpoints(), refetchInterval: 4000 });
  if (error && !data) return <Failure error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const endpoint = data.find((one) => one.key === key);
  if (!endpoint) return <Failure error={new Error(says.nowhere)} />;
  return (
    <Page title={key} more={says.more}>
      <Anchor component={Link} to="/settings/endpoints" size="sm" mb="sm" display="inline-flex"><Group gap={4}><IconArrowLeft size={14} />{says.back}</Group></Anchor>
      <Stack>
        <Group gap="xs">
          <Tag color={COLORS[endpoint.state] ?? 'gray'}>{says.states[endpoint.state]}</Tag>
          {endpoint.waiting > 0 && <Tag color="orange">{`${sayNumber(endpoint.waiting)} ${says.waiting}`}</Tag>}
          {endpoint.failed > 0 && <Tag color="red">{`${sayNumber(endpoint.failed)} ${says.failed}`}</Tag>}
          <Text size="sm" c="dimmed" className="wrapped">{endpoint.url ?? says.keptInMailbox}</Text>
        </Group>
        <Trouble endpoint={endpoint} />
        <Secrets endpoint={endpoint} />
        <CallLog endpoint={endpoint} />
      </Stack>
    </Page>
  );
}

/** Why calls are held, and the way to let them go. */
export function Trouble({ endpoint }: { readonly endpoint: EndpointShown }) {
  const { key, revision, state, disabled_at, disabled_for, failing_since } = endpoint;
  const queries = useQueryClient();
  const enable = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/endpoints/{key}/enable', { params: { path: { key } }, body: { revision } })),
    onSuccess: () => { tellDone(says.enabled); return queries.invalidateQueries({ queryKey: ['endpoints'] }); },
    onError: (error) => { tellFailure(error); return queries.invalidateQueries({ queryKey: ['endpoints'] }); },
  });
  if (state === 'working') return null;
  const why = state === 'resting' ? says.resting(sayInstant(failing_since)) : disabled_for === 'gone' ? says.gone(sayInstant(disabled_at)) : says.failing(sayInstant(disabled_at));
  return (
    <Alert mt="sm" color={state === 'resting' ? 'orange' : 'red'} variant="light" icon={<IconAlertTriangle size={18} />}>
      <Group justify="space-between" gap="sm">
        <Text size="sm" flex="1 1 260px">{why}</Text>
        <Button size="xs" variant="default" loading={enable.isPending} onClick={() => enable.mutate()} aria-label={`${state === 'resting' ? says.tryNow : says.enable}: ${key}`}>{state === 'resting' ? says.tryNow : says.enable}</Button>
      </Group>
    </Alert>
  );
}
