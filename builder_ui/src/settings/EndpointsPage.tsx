import { ActionIcon, Alert, Anchor, Button, Code, Group, Menu, Modal, Paper, Stack, Text } from '@mantine/core';
import { IconDots, IconPlus, IconWebhook } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';

import { answer, api } from '../api/client';
import { Trouble } from '../endpoints/EndpointPage';
import { Rotate } from '../endpoints/Secrets';
import { COLORS } from '../endpoints/told';
import { says as told } from '../endpoints/words';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellDone, tellFailure } from '../ui/tell';
import { sayNumber } from '../words/formats';
import { askEndpoints, type EndpointShown, type Tested } from './asks';
import { EndpointForm } from './EndpointForm';
import { says } from './partsWords';
import { SettingsFrame } from './SettingsFrame';
import { ShownOnce } from './ShownOnce';
import { Uses } from './Uses';

const { endpoints: words } = says;

/** Where webhooks go. */
export function EndpointsPage() {
  const { data, error, refetch } = useQuery(askEndpoints());
  const [editing, edit] = useState<EndpointShown | 'new' | null>(null);
  const [secret, showSecret] = useState<string | null>(null);
  return (
    <SettingsFrame more={words.more} actions={<Button leftSection={<IconPlus size={16} />} onClick={() => edit('new')}>{words.create}</Button>}>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : data.length === 0 ? <Empty icon={IconWebhook} title={words.none}>{words.noneMore}</Empty> : (
        <Stack gap="sm">{data.map((endpoint) => <Row key={endpoint.key} endpoint={endpoint} edit={() => edit(endpoint)} showSecret={showSecret} />)}</Stack>
      )}
      {editing !== null && data && (
        <EndpointForm key={editing === 'new' ? 'new' : `${editing.key}/${editing.revision}`} endpoint={editing === 'new' ? null : editing} taken={new Set(data.map(({ key }) => key))}
          onClose={() => edit(null)} onStale={edit} onMade={(made) => { edit(null); showSecret(made); }} />
      )}
      {secret !== null && <ShownOnce secret={secret} onClose={() => showSecret(null)} />}
    </SettingsFrame>
  );
}

function Row({ endpoint, edit, showSecret }: { readonly endpoint: EndpointShown; readonly edit: () => void; readonly showSecret: (secret: string) => void }) {
  const { key, url, headers, used_by, state, waiting, failed } = endpoint;
  const queries = useQueryClient();
  const [asking, ask] = useState<'rotate' | 'remove' | null>(null);
  const test = useMutation({ mutationFn: () => answer(api.POST('/api/v1/endpoints/{key}/test', { params: { path: { key } } })), onError: tellFailure });
  const refresh = () => queries.invalidateQueries({ queryKey: ['endpoints'] });
  const remove = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/endpoints/{key}', { params: { path: { key } } })),
    onSuccess: () => { ask(null); tellDone(words.removed); return refresh(); },
    onError: tellFailure,
  });
  return (
    <Paper component="article" withBorder radius="lg" p="md" aria-label={key}>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div className="grow">
          <Group gap="xs">
            <Anchor component={Link} to={`/settings/endpoints/${key}`} fw={600} c="var(--mantine-color-text)">{key}</Anchor>
            {state !== 'working' && <Tag color={COLORS[state] ?? 'gray'}>{told.states[state]}</Tag>}
            {waiting > 0 && <Tag color="orange">{`${sayNumber(waiting)} ${told.waiting}`}</Tag>}
            {failed > 0 && <Tag color="red">{`${sayNumber(failed)} ${told.failed}`}</Tag>}
            {headers.map((name) => <Tag key={name}>{name}</Tag>)}
          </Group>
          <Text size="sm" c="dimmed" className="wrapped">{url ?? words.keptInMailbox}</Text>
          <Uses uses={used_by} />
        </div>
        <Group gap="xs" wrap="nowrap" className="fixed">
          <Button size="xs" variant="default" component={Link} to={`/settings/endpoints/${key}`} aria-label={`${told.calls}: ${key}`} visibleFrom="sm">{told.calls}</Button>
          {url !== null && <Button size="xs" variant="default" loading={test.isPending} onClick={() => test.mutate()} aria-label={`${words.test}: ${key}`}>{words.test}</Button>}
          <Menu position="bottom-end">
            <Menu.Target><ActionIcon variant="subtle" color="gray" size="lg" aria-label={words.actions(key)}><IconDots size={16} /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item component={Link} to={`/settings/endpoints/${key}`}>{told.calls}</Menu.Item>
              <Menu.Item onClick={edit}>{words.edit}</Menu.Item>
              <Menu.Item onClick={() => ask('rotate')}>{words.rotate}</Menu.Item>
              <Menu.Item color="red" disabled={used_by.length > 0} onClick={() => ask('remove')}>{used_by.length > 0 ? words.inUse : words.remove}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      <Trouble endpoint={endpoint} />
      {test.data && <Answered tested={test.data} />}
      {asking === 'rotate' && <Rotate endpoint={endpoint} onClose={() => ask(null)} onMade={(made) => { ask(null); showSecret(made); }} />}
      {asking === 'remove' && (
        <Modal opened onClose={() => ask(null)} title={words.remove} closeButtonProps={{ 'aria-label': says.close }}>
          <Stack>
            <Text size="sm">{words.sureRemove(key)}</Text>
            <Group justify="flex-end">
              <Button variant="default" onClick={() => ask(null)}>{says.cancel}</Button>
              <Button color="red" loading={remove.isPending} onClick={() => remove.mutate()}>{words.remove}</Button>
            </Group>
          </Stack>
        </Modal>
      )}
    </Paper>
  );
}

function Answered({ tested: { verdict, status, words: said, answer: body, took_ms } }: { readonly tested: Tested }) {
  return (
    <Alert mt="sm" role="status" variant="light" color={verdict === 'accepted' ? 'green' : 'red'} title={`${words.verdicts[verdict] ?? verdict}${status === null ? '' : ` (${status})`}`}>
      <Text size="sm" className="wrapped">{said} {words.took(sayNumber(took_ms))}</Text>
      {body && <><Text size="xs" fw={600} mt={6}>{words.answered}</Text><Code block className="wrapped" tabIndex={0}>{body}</Code></>}
    </Alert>
  );
}
