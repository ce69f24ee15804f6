import { Anchor, Button, Code, Drawer, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';

import { useMay } from '../session/asks';
import { Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellDone, tellFailure } from '../ui/tell';
import { sayFully } from '../words/formats';
import { askCall, type CallItem, type CallShown, replayOne } from './asks';
import { colorOf, layOut, sayTook } from './told';
import { says } from './words';

/** One try of a call: what was sent, and what came back, as text. */
export function CallDetails({ endpoint, item, onClose }: { readonly endpoint: string; readonly item: CallItem; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const mayReplay = useMay('journeys:publish');
  const { data, error } = useQuery(askCall(endpoint, item.id));
  const replay = useMutation({
    mutationFn: () => replayOne(endpoint, item.message),
    onSuccess: () => { tellDone(says.replayed); onClose(); },
    onError: tellFailure,
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['endpoints'] }), queries.invalidateQueries({ queryKey: ['endpoint-calls', endpoint] }), queries.invalidateQueries({ queryKey: ['endpoint-call', endpoint] })]),
  });
  return (
    <Drawer opened onClose={onClose} position="right" size="lg" title={`${says.call} · ${sayFully(item.at)}`} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Group justify="space-between">
          <Group gap="xs"><Tag color={colorOf(item)}>{item.status === null ? says.silent : String(item.status)}</Tag><Text size="sm" c="dimmed">{`${sayTook(item.took_ms)} · ${item.words}`}</Text></Group>
          {mayReplay && (data ?? item).can_replay && <Button size="xs" loading={replay.isPending} onClick={() => replay.mutate()}>{says.replay}</Button>}
        </Group>
        <Anchor component={Link} to={`/messages/${item.message}`} size="sm">{says.message}</Anchor>
        {error ? <Failure error={error} /> : data ? <Told call={data} /> : <Loading />}
      </Stack>
    </Drawer>
  );
}

function Told({ call }: { readonly call: CallShown }) {
  const headers = call.headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  return (
    <>
      <section aria-labelledby="request">
        <Title order={3} size="h5" id="request" mb={4}>{says.request}</Title>
        <Code block className="wrapped" tabIndex={0} mb={6}>{`${call.method} ${call.url ?? says.keptInMailbox}\n${headers || says.forgotten}`}</Code>
        <Code block className="wrapped" tabIndex={0}>{call.body ? layOut(call.body) : says.noBody}</Code>
        <Text size="xs" c="dimmed" mt={4}>{says.hidden}</Text>
      </section>
      <section aria-labelledby="answer">
        <Title order={3} size="h5" id="answer" mb={4}>{says.answer}</Title>
        <Code block className="wrapped" tabIndex={0}>{call.answer ? layOut(call.answer) : says.noAnswer}</Code>
      </section>
    </>
  );
}
