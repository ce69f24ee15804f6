import { ActionIcon, Alert, Box, Button, Group, Menu, Modal, NativeSelect, PasswordInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { answer, api } from '../api/client';
import { useSession } from '../session/asks';
import { Card } from '../ui/Card';
import { Failure, Loading } from '../ui/States';
import { Tag } from '../ui/Tag';
import { tellDone, tellFailure } from '../ui/tell';
import { sayInstant } from '../words/formats';
import { askUsers, type Role, ROLES, type UserShown } from './asks';
import { says } from './words';

/** Who may log in, and as what. */
export function Users() {
  const { data, error, refetch } = useQuery(askUsers());
  const [isAdding, setAdding] = useState(false);
  return (
    <Card title={says.users} actions={<Button size="xs" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)}>{says.addUser}</Button>}>
      {error && !data ? <Failure error={error} retry={() => void refetch()} /> : !data ? <Loading /> : (
        <Table verticalSpacing="xs" horizontalSpacing="xs">
          <Table.Thead><Table.Tr><Table.Th>{says.name}</Table.Th><Table.Th visibleFrom="xs">{says.role}</Table.Th><Table.Th w={40}><span className="unseen">{says.actions('')}</span></Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>{data.map((user) => <Row key={user.id} user={user} />)}</Table.Tbody>
        </Table>
      )}
      {isAdding && <Add onClose={() => setAdding(false)} />}
    </Card>
  );
}

function useRoles(): readonly { readonly value: Role; readonly label: string }[] {
  const { user } = useSession();
  return ROLES.filter((role) => role !== 'owner' || user.role === 'owner').map((value) => ({ value, label: says.roles[value] ?? value }));
}

function Row({ user }: { readonly user: UserShown }) {
  const me = useSession().user;
  const queries = useQueryClient();
  const roles = useRoles();
  const [isChanging, setChanging] = useState(false);
  const isMe = me.email === user.email;
  const mayChange = user.role !== 'owner' || me.role === 'owner';
  const change = useMutation({
    mutationFn: (body: { role?: Role; disabled?: boolean; password?: string }) => answer(api.PATCH('/api/v1/users/{user_id}', { params: { path: { user_id: user.id } }, body })),
    onSuccess: () => {
      setChanging(false);
      tellDone(says.changed);
      return queries.invalidateQueries({ queryKey: isMe ? ['session'] : ['users'] });
    },
    onError: tellFailure,
  });
  const role = mayChange
    ? <NativeSelect size="xs" aria-label={`${says.role}: ${user.name}`} value={user.role} onChange={(event) => change.mutate({ role: event.currentTarget.value as Role })} data={[...roles]} />
    : <Text size="sm">{says.roles[user.role] ?? user.role}</Text>;
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={6}><Text size="sm" fw={600}>{user.name}</Text>{isMe && <Tag color="indigo">{says.you}</Tag>}{user.disabled_at && <Tag color="red">{says.off}</Tag>}</Group>
        <Text size="xs" c="dimmed" className="wrapped">{user.email} · {says.since} {sayInstant(user.created_at)}</Text>
        <Box hiddenFrom="xs" mt={6}>{role}</Box>
      </Table.Td>
      <Table.Td visibleFrom="xs">
        {role}
      </Table.Td>
      <Table.Td>
        {mayChange && (
          <Menu position="bottom-end">
            <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={says.actions(user.name)}><IconDots size={16} /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setChanging(true)}>{says.newPassword}</Menu.Item>
              <Menu.Item {...(user.disabled_at ? {} : { color: 'red' })} onClick={() => change.mutate({ disabled: user.disabled_at === null })}>{user.disabled_at ? says.letIn : says.lockOut}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
        {isChanging && (
          <Modal opened onClose={() => setChanging(false)} title={says.newPassword} closeButtonProps={{ 'aria-label': says.close }}>
            <form onSubmit={(event) => { event.preventDefault(); change.mutate({ password: String(new FormData(event.currentTarget).get('password') ?? '') }); }}>
              <Stack>
                <PasswordInput name="password" label={says.password} description={says.passwordMore} autoComplete="new-password" minLength={12} required data-autofocus />
                <Group justify="flex-end"><Button variant="default" onClick={() => setChanging(false)}>{says.cancel}</Button><Button type="submit" loading={change.isPending}>{says.change}</Button></Group>
              </Stack>
            </form>
          </Modal>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Add({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient();
  const roles = useRoles();
  const add = useMutation({
    mutationFn: (form: FormData) => {
      const read = (name: string) => String(form.get(name) ?? '');
      return answer(api.POST('/api/v1/users', { body: { name: read('name'), email: read('email'), role: read('role') as Role, password: read('password') } }));
    },
    onSuccess: ({ name }) => {
      tellDone(says.added(name));
      onClose();
      return queries.invalidateQueries({ queryKey: ['users'] });
    },
  });
  return (
    <Modal opened onClose={onClose} title={says.addUser} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); add.mutate(new FormData(event.currentTarget)); }}>
        <Stack>
          <TextInput name="name" label={says.name} required maxLength={120} autoComplete="off" data-autofocus />
          <TextInput name="email" type="email" label={says.email} required autoComplete="off" />
          <NativeSelect name="role" label={says.role} defaultValue="editor" data={[...roles]} />
          <PasswordInput name="password" label={says.password} description={says.passwordMore} autoComplete="new-password" minLength={12} required />
          {add.error && <Alert color="red" variant="light">{add.error.message}</Alert>}
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" loading={add.isPending}>{says.add}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
