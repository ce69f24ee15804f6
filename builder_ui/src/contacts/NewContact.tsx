import { Alert, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';

import { tellDone } from '../ui/tell';
import { createContact } from './asks';
import { says } from './words';

/** Makes a contact by hand. */
export function NewContact({ onClose }: { readonly onClose: () => void }) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [phone, setPhone] = useState('');
  const [externalId, setExternalId] = useState('');
  const given = { name, email, phone };
  const make = useMutation({
    mutationFn: () => createContact(externalId.trim() || null, Object.fromEntries(Object.entries(given).map(([key, text]) => [key, text.trim()]).filter(([, text]) => text))),
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['contacts'] });
      tellDone(says.made);
      await navigate({ to: `/contacts/${id}` });
    },
  });
  const isKnown = Boolean(email.trim() || phone.trim() || externalId.trim());
  return (
    <Modal opened onClose={onClose} title={says.create} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); make.mutate(); }}>
        <Stack>
          <TextInput label={says.name} value={name} onChange={(event) => setName(event.currentTarget.value)} maxLength={200} data-autofocus autoComplete="off" />
          <TextInput label={says.email} type="email" value={email} onChange={(event) => setEmail(event.currentTarget.value)} maxLength={254} autoComplete="off" />
          <TextInput label={says.phone} type="tel" placeholder="+49 30 901820" value={phone} onChange={(event) => setPhone(event.currentTarget.value)} maxLength={30} autoComplete="off" />
          <TextInput label={says.externalId} description={says.externalMore} value={externalId} onChange={(event) => setExternalId(event.currentTarget.value)} maxLength={128} autoComplete="off" />
          <Text size="xs" c="dimmed">{isKnown ? says.noMail : says.oneOf}</Text>
          {make.error && <Alert color="red" variant="light">{make.error.message}</Alert>}
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" disabled={!isKnown} loading={make.isPending}>{says.make}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
