import { Button, Code, Group, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { answer, api } from '../api/client';
import type { EndpointShown } from '../settings/asks';
import { ShownOnce } from '../settings/ShownOnce';
import { Card } from '../ui/Card';
import { tellDone, tellFailure } from '../ui/tell';
import { sayInstant } from '../words/formats';
import { says } from './words';

/** With what calls are signed; of each secret its end alone. */
export function Secrets({ endpoint }: { readonly endpoint: EndpointShown }) {
  const { key, revision, secret_ends, secret_at, old_secret_ends, old_secret_until } = endpoint;
  const queries = useQueryClient();
  const [isAsking, ask] = useState(false);
  const [secret, show] = useState<string | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ['endpoints'] });
  const end = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/endpoints/{key}/end-old-secret', { params: { path: { key } }, body: { revision } })),
    onSuccess: () => { tellDone(says.ended); return refresh(); },
    onError: (error) => { tellFailure(error); return refresh(); },
  });
  return (
    <Card title={says.secret} actions={<Button size="xs" variant="default" onClick={() => ask(true)}>{says.newSecret}</Button>}>
      <Stack gap={6}>
        <Group gap="xs"><Code>{`whsec_…${secret_ends}`}</Code><Text size="sm" c="dimmed">{says.since(sayInstant(secret_at))}</Text></Group>
        {old_secret_ends !== null && (
          <Group gap="xs">
            <Text size="sm">{says.oldOne}</Text><Code>{`whsec_…${old_secret_ends}`}</Code><Text size="sm" c="dimmed">{says.until(sayInstant(old_secret_until))}</Text>
            <Button size="compact-xs" variant="default" loading={end.isPending} onClick={() => end.mutate()}>{says.endOld}</Button>
          </Group>
        )}
      </Stack>
      {isAsking && <Rotate endpoint={endpoint} onClose={() => ask(false)} onMade={(made) => { ask(false); show(made); }} />}
      {secret !== null && <ShownOnce secret={secret} onClose={() => show(null)} />}
    </Card>
  );
}

/** Asks how long the old secret goes on, and makes another. */
export function Rotate({ endpoint: { key, revision, old_secret_ends }, onClose, onMade }: { readonly endpoint: EndpointShown; readonly onClose: () => void; readonly onMade: (secret: string) => void }) {
  const queries = useQueryClient();
  const [hours, choose] = useState('24');
  const refresh = () => queries.invalidateQueries({ queryKey: ['endpoints'] });
  const rotate = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/endpoints/{key}/rotate', { params: { path: { key } }, body: { revision, keep_hours: Number(hours) } })),
    onSuccess: ({ secret }) => { onMade(secret); return refresh(); },
    onError: (error) => { tellFailure(error); return refresh(); },
  });
  return (
    <Modal opened onClose={onClose} title={says.newSecret} closeButtonProps={{ 'aria-label': says.close }}>
      <Stack>
        <Text size="sm">{says.rotateMore}</Text>
        <NativeSelect label={says.keep} value={hours} onChange={(event) => choose(event.currentTarget.value)} data={Object.entries(says.keeps).map(([value, label]) => ({ value, label }))} description={old_secret_ends === null ? undefined : says.endsOther} />
        <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button loading={rotate.isPending} onClick={() => rotate.mutate()}>{says.newSecret}</Button></Group>
      </Stack>
    </Modal>
  );
}
