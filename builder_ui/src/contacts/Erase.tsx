import { Alert, Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import type { Contact } from '../api/types';
import { tellDone } from '../ui/tell';
import { erase } from './asks';
import { nameToType } from './happened';
import { says } from './words';

/** Forgets somebody for good, once it has been typed who it is. */
export function Erase({ contact, onClose }: { readonly contact: Contact; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const [isSuppressed, setSuppressed] = useState(true);
  const word = nameToType(contact);
  const run = useMutation({
    mutationFn: () => erase(contact.id, isSuppressed),
    onSuccess: async () => {
      tellDone(says.erased);
      await navigate({ to: '/contacts' });
      await queries.invalidateQueries({ queryKey: ['contacts'] });
    },
  });
  return (
    <Modal opened onClose={onClose} title={says.eraseTitle} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); run.mutate(); }}>
        <Stack>
          <Text size="sm">{says.eraseMore}</Text>
          <TextInput label={says.eraseType(word)} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} data-autofocus autoComplete="off" spellCheck={false} />
          <Checkbox label={says.eraseSuppress} checked={isSuppressed} onChange={(event) => setSuppressed(event.currentTarget.checked)} />
          {run.error && <Alert color="red" variant="light">{run.error.message}</Alert>}
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" color="red" disabled={typed.trim() !== word} loading={run.isPending}>{says.eraseNow}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
