import { Alert, Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { answer, api, Refused } from '../api/client';
import { checkKey } from '../journeys/keys';
import { tellDone } from '../ui/tell';
import { askEndpoints, type EndpointShown } from './asks';
import { readHeaders, writeHeaders } from './headers';
import { says } from './partsWords';

const { endpoints: words } = says;

/** Makes an endpoint, or changes where it is. */
export function EndpointForm({ endpoint, taken, onClose, onMade, onStale }: {
  /** Null: a new one. */
  readonly endpoint: EndpointShown | null;
  readonly taken: ReadonlySet<string>;
  readonly onClose: () => void;
  readonly onMade: (secret: string) => void;
  readonly onStale: (theirs: EndpointShown | null) => void;
}) {
  const queries = useQueryClient();
  const [key, setKey] = useState(endpoint?.key ?? '');
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [lines, setLines] = useState(writeHeaders(endpoint?.headers ?? []));
  const headers = readHeaders(lines);
  const trouble = endpoint === null && key !== '' ? checkKey(key, taken) : null;
  const refresh = () => Promise.all([queries.invalidateQueries({ queryKey: ['endpoints'] }), queries.invalidateQueries({ queryKey: ['names'] })]);
  const save = useMutation({
    mutationFn: async (): Promise<string | null> => {
      const body = { url: url.trim() || null, headers: headers ?? {} };
      const params = { path: { key } };
      if (endpoint === null) return (await answer(api.POST('/api/v1/endpoints/{key}', { params, body }))).secret;
      await answer(api.PUT('/api/v1/endpoints/{key}', { params, body: { ...body, revision: endpoint.revision } }));
      return null;
    },
    onSuccess: async (secret) => {
      await refresh();
      if (secret !== null) return onMade(secret);
      tellDone(words.saved);
      onClose();
    },
  });
  const isConflict = endpoint !== null && save.error instanceof Refused && save.error.status === 409;
  const load = async () => onStale((await queries.fetchQuery({ ...askEndpoints(), staleTime: 0 })).find((one) => one.key === key) ?? null);
  return (
    <Modal opened onClose={onClose} title={endpoint === null ? words.create : words.edit} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); if (key && trouble === null && headers) save.mutate(); }}>
        <Stack>
          {endpoint === null && <TextInput label={says.key} description={says.keyMore} value={key} onChange={({ currentTarget }) => setKey(currentTarget.value)} required maxLength={64} data-autofocus error={trouble === null ? null : trouble === 'taken' ? says.keyTaken : says.keyWrong} />}
          <TextInput label={words.url} description={words.urlMore} placeholder="https://crm.example.com/hooks/sojourn" value={url} onChange={({ currentTarget }) => setUrl(currentTarget.value)} maxLength={2000} {...(endpoint ? { 'data-autofocus': true } : {})} />
          <Textarea label={words.headers} description={words.headersMore} value={lines} onChange={({ currentTarget }) => setLines(currentTarget.value)} autosize minRows={2} maxRows={8} error={headers === null ? words.headersWrong : null} classNames={{ input: 'mono' }} />
          {save.error && <Alert color="red" variant="light"><Group gap="sm"><Text size="sm">{isConflict ? says.conflict : save.error.message}</Text>{isConflict && <Button size="compact-xs" variant="default" onClick={() => void load()}>{says.theirs}</Button>}</Group></Alert>}
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" loading={save.isPending} disabled={!key || trouble !== null || headers === null}>{endpoint === null ? says.make : says.save}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
