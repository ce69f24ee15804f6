import { Alert, Button, Code, CopyButton, Group, Modal, MultiSelect, NativeSelect, Stack, Table, Text, Textarea, TextInput } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { answer, api } from '../api/client';
import { Card } from '../ui/Card';
import { Empty, Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellFailure } from '../ui/tell';
import { sayInstant } from '../words/formats';
import { askKeys, type Key } from './asks';
import { says } from './words';

const SCOPES = ['events:write', 'journeys:read', 'journeys:write', 'journeys:publish', 'contacts:read', 'contacts:write', 'contacts:erase', 'operations:read', 'questions:answer'];

/** The keys of sites and programs; the secret of each is shown once. */
export function Keys() {
  const { data, error, refetch } = useQuery(askKeys());
  const [isMaking, setMaking] = useState(false);
  return (
    <Card title={says.keys} actions={<Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setMaking(true)}>{says.newKey}</Button>}>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : data.length === 0 ? <Empty icon={IconKey} title={says.noKeys}>{says.noKeysMore}</Empty> : (
        <Table verticalSpacing="xs" horizontalSpacing="xs">
          <Table.Thead><Table.Tr><Table.Th>{says.name}</Table.Th><Table.Th visibleFrom="sm">{says.kind}</Table.Th><Table.Th visibleFrom="sm">{says.used}</Table.Th><Table.Th w={110}><span className="unseen">{says.revoke}</span></Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{data.map((key) => <Row key={key.id} made={key} />)}</Table.Tbody>
        </Table>
      )}
      {isMaking && <Make onClose={() => setMaking(false)} />}
    </Card>
  );
}

function Row({ made }: { readonly made: Key }) {
  const queries = useQueryClient();
  const [isSure, setSure] = useState(false);
  const revoke = useMutation({
    mutationFn: () => answer(api.DELETE('/api/v1/keys/{id_}', { params: { path: { id_: made.id } } })),
    onSuccess: () => {
      setSure(false);
      return queries.invalidateQueries({ queryKey: ['keys'] });
    },
    onError: tellFailure,
  });
  return (
    <Table.Tr>
      <Table.Td><Text size="sm" fw={600}>{made.name}</Text><Text size="xs" c="dimmed">{says.ends} {made.last_four} · {sayInstant(made.created_at)}</Text></Table.Td>
      <Table.Td visibleFrom="sm"><Text size="sm">{says.kinds[made.kind] ?? made.kind}</Text>{made.scopes.length > 0 && <Text size="xs" c="dimmed">{made.scopes.join(', ')}</Text>}</Table.Td>
      <Table.Td visibleFrom="sm"><Text size="sm" c="dimmed">{made.used_at ? sayInstant(made.used_at) : says.never}</Text></Table.Td>
      <Table.Td ta="right">{made.revoked_at ? <Tag color="red">{says.revoked}</Tag> : <Button size="compact-xs" variant="default" onClick={() => setSure(true)} aria-label={`${says.revoke}: ${made.name}`}>{says.revoke}</Button>}
        {isSure && (
          <Modal opened onClose={() => setSure(false)} title={says.revoke} closeButtonProps={{ 'aria-label': says.close }}>
            <Stack>
              <Text size="sm" ta="left">{says.sureRevoke(made.name)}</Text>
              <Group justify="flex-end"><Button variant="default" onClick={() => setSure(false)}>{says.cancel}</Button><Button color="red" loading={revoke.isPending} onClick={() => revoke.mutate()}>{says.revoke}</Button></Group>
            </Stack>
          </Modal>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Make({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Key['kind']>('browser');
  const [scopes, setScopes] = useState<string[]>([]);
  const [origins, setOrigins] = useState('');
  const make = useMutation({
    mutationFn: () => answer(api.POST('/api/v1/keys', { body: { kind, name: name.trim(), scopes: kind === 'server' ? scopes : [], origins: kind === 'browser' ? origins.split(/\s+/).filter(Boolean) : [] } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  });
  return (
    <Modal opened onClose={onClose} title={says.newKey} closeButtonProps={{ 'aria-label': says.close }}>
      {make.data ? (
        <Stack>
          <Alert color="yellow" variant="light">{says.once}</Alert>
          <Code block className="wrapped" tabIndex={0}>{make.data.key}</Code>
          <Group justify="flex-end"><CopyButton value={make.data.key}>{({ copied, copy }) => <Button onClick={copy}>{copied ? says.copied : says.copy}</Button>}</CopyButton><Button variant="default" onClick={onClose}>{says.close}</Button></Group>
        </Stack>
      ) : (
        <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
          <Stack>
            <TextInput label={says.name} value={name} onChange={(event) => setName(event.currentTarget.value)} required maxLength={120} data-autofocus />
            <NativeSelect label={says.kind} value={kind} onChange={(event) => setKind(event.currentTarget.value as Key['kind'])} data={Object.entries(says.kinds).map(([value, label]) => ({ value, label }))} />
            {kind === 'server' && <MultiSelect label={says.scopes} value={scopes} onChange={setScopes} data={SCOPES} />}
            {kind === 'browser' && <Textarea label={says.origins} placeholder="https://shop.example" value={origins} onChange={(event) => setOrigins(event.currentTarget.value)} autosize />}
            {make.error && <Alert color="red" variant="light">{make.error.message}</Alert>}
            <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" loading={make.isPending} disabled={!name.trim()}>{says.make}</Button></Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
