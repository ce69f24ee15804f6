import { ActionIcon, Alert, Anchor, Button, Code, Group, Modal, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconPencil, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';

import { Refused } from '../api/client';
import type { Contact } from '../api/types';
import { ValueField } from '../fields/ValueField';
import { Card } from '../ui/Card';
import { sayFully, sayInstant } from '../words/formats';
import { changeContact } from './asks';
import { sayValue } from './happened';
import { useChange } from './useChange';
import { says } from './words';

const FEW = 12;
/** Shown elsewhere on the page. */
const ELSEWHERE = new Set(['tags']);
const KINDS = ['text', 'number', 'boolean', 'list', 'object', 'null'] as const;

/** What is known of a contact by name, each to be changed. */
export function Attributes({ contact, mayEdit }: { readonly contact: Contact; readonly mayEdit: boolean }) {
  const [isAll, setAll] = useState(false);
  const [edited, edit] = useState<string | null>(null);
  const names = Object.keys(contact.attributes).filter((name) => !ELSEWHERE.has(name)).toSorted();
  const shown = isAll ? names : names.slice(0, FEW);
  return (
    <Card title={says.attributes} actions={mayEdit && <Button size="compact-xs" variant="default" leftSection={<IconPlus size={14} />} onClick={() => edit('')}>{says.add}</Button>}>
      {names.length === 0 ? <Text size="sm" c="dimmed">{says.noAttributes}</Text> : (
        <Table fz="sm" verticalSpacing={4} horizontalSpacing={0} withRowBorders={false} layout="fixed">
          <Table.Tbody>
            {shown.map((name) => (
              <Table.Tr key={name}>
                <Table.Td c="dimmed" w="40%" className="wrapped">{name}</Table.Td>
                <Table.Td className="wrapped" {...(contact.said_at[name] ? { title: says.saidAt(sayFully(contact.said_at[name])) } : {})}>{sayValue(contact.attributes[name])}</Table.Td>
                {mayEdit && <Table.Td w={28} ta="right"><ActionIcon variant="subtle" color="gray" size={24} aria-label={says.edit(name)} onClick={() => edit(name)}><IconPencil size={14} /></ActionIcon></Table.Td>}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {names.length > FEW && <Anchor component="button" type="button" size="sm" onClick={() => setAll(!isAll)}>{isAll ? says.fewer : says.all(names.length)}</Anchor>}
      {edited !== null && <EditAttribute contact={contact} name={edited} onClose={() => edit(null)} />}
    </Card>
  );
}

function EditAttribute({ contact, name, onClose }: { readonly contact: Contact; readonly name: string; readonly onClose: () => void }) {
  const [called, setCalled] = useState(name);
  const [seen] = useState(contact.attributes[name]);
  const [value, setValue] = useState<unknown>(name ? seen : '');
  const [isForced, force] = useState(false);
  const key = called.trim();
  const isTaken = name === '' && Object.hasOwn(contact.attributes, key);
  const save = useChange(contact.id, says.saved, (isKept: boolean) => {
    const before = isForced ? {} : { seen: name ? { [name]: seen } : {} };
    return changeContact(contact.id, { ...(isKept ? { set: { [key]: value } } : { unset: [key] }), ...before });
  }, onClose);
  const isConflict = save.error instanceof Refused && save.error.code === 'lost_update';
  const said = contact.said_at[name];
  return (
    <Modal opened onClose={onClose} title={name ? says.editTitle(name) : says.addTitle} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); save.mutate(true); }}>
        <Stack>
          {!name && <TextInput label={says.name} value={called} onChange={(event) => setCalled(event.currentTarget.value)} maxLength={128} required data-autofocus error={isTaken && says.taken} autoComplete="off" />}
          <ValueField label={says.value} kinds={KINDS} value={value} change={setValue} />
          {said && <Text size="xs" c="dimmed">{says.saidAt(sayInstant(said))}</Text>}
          {save.error && (
            <Alert color={isConflict ? 'yellow' : 'red'} variant="light">
              <Text size="sm">{isConflict ? says.conflict : save.error.message}</Text>
              {isConflict && <Code block mt="xs" className="wrapped">{sayValue(contact.attributes[key])}</Code>}
              {isConflict && <Button size="compact-xs" variant="default" mt="xs" onClick={() => { force(true); save.reset(); }}>{says.overwrite}</Button>}
            </Alert>
          )}
          <Group justify="space-between">
            {name ? <Button variant="subtle" color="red" onClick={() => save.mutate(false)}>{says.removeValue}</Button> : <span />}
            <Group><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" disabled={!key || isTaken} loading={save.isPending}>{says.save}</Button></Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
