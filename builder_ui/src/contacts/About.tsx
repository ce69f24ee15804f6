import { ActionIcon, Alert, Anchor, Button, Group, Menu, Modal, Stack, Text, Textarea } from '@mantine/core';
import { IconBan, IconDots, IconMail, IconMapPin, IconMailForward, IconPhone } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';

import type { Contact } from '../api/types';
import { useNow } from '../questions/useNow';
import { Card } from '../ui/Card';
import { Tag } from '../ui/Tag';
import { sayAgo, sayFully, sayInstant } from '../words/formats';
import { locale } from '../words/language';
import { lift, suppress } from './asks';
import { sayLocal } from './happened';
import { useChange } from './useChange';
import { says } from './words';

const FEW_IDS = 3;

/** Where somebody is reached, what time it is there, and by what it is recognised. */
export function About({ contact, mayEdit }: { readonly contact: Contact; readonly mayEdit: boolean }) {
  const now = useNow();
  const [isAll, setAll] = useState(false);
  const time = sayLocal(contact.zone, now, locale);
  const ids = contact.identities.filter(({ kind }) => kind === 'external' || kind === 'anonymous');
  return (
    <Card title={says.about}>
      {contact.email && <Address icon={<IconMail size={16} />} contact={contact} channel="email" address={contact.email} isConfirmed={contact.email_confirmed} mayEdit={mayEdit} />}
      {contact.phone && <Address icon={<IconPhone size={16} />} contact={contact} channel="sms" address={contact.phone} isConfirmed={contact.phone_confirmed} mayEdit={mayEdit} />}
      <Group gap="xs" wrap="nowrap"><IconMapPin size={16} aria-hidden /><Text size="sm" className="wrapped">{time ? says.local(time, contact.zone) : contact.zone}{contact.zone_source !== 'contact' && <Text span size="xs" c="dimmed"> ({says.inherited})</Text>}</Text></Group>
      <Fact label={says.known}><Text size="sm" title={sayFully(contact.created_at)}>{sayInstant(contact.created_at)}</Text></Fact>
      <Fact label={says.lastSeen}><Text size="sm" {...(contact.active_at ? { title: sayFully(contact.active_at) } : {})}>{contact.active_at ? sayAgo(contact.active_at, now) : says.never}</Text></Fact>
      {(isAll ? ids : ids.slice(0, FEW_IDS)).map(({ kind, value }) => <Fact key={kind + value} label={says.kinds[kind] ?? kind}><Text size="sm" className="wrapped" ta="right">{value}</Text></Fact>)}
      {ids.length > FEW_IDS && <Anchor component="button" type="button" size="sm" onClick={() => setAll(!isAll)}>{isAll ? says.fewer : says.all(ids.length)}</Anchor>}
    </Card>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return <Group justify="space-between" wrap="nowrap" gap="md" align="flex-start"><Text size="sm" c="dimmed" className="fixed">{label}</Text>{children}</Group>;
}

function Address({ icon, contact, channel, address, isConfirmed, mayEdit }: {
  readonly icon: ReactNode; readonly contact: Contact; readonly channel: 'email' | 'sms'; readonly address: string; readonly isConfirmed: boolean; readonly mayEdit: boolean;
}) {
  const [isAsking, setAsking] = useState(false);
  const stopped = contact.suppressions.find((one) => one.channel === channel);
  const may = mayEdit && (!stopped || stopped.may_lift);
  return (
    <div>
      <Group gap="xs" wrap="nowrap">
        {icon}
        <Text size="sm" className="wrapped grow">{address}</Text>
        {stopped ? <Tag color="red">{says.suppressed}</Tag> : <Tag color={isConfirmed ? 'green' : 'yellow'}>{isConfirmed ? says.confirmed : says.unconfirmed}</Tag>}
        {may && (
          <Menu position="bottom-end" withinPortal>
            <Menu.Target><ActionIcon variant="subtle" color="gray" size={24} aria-label={says.addressActions(address)}><IconDots size={14} /></ActionIcon></Menu.Target>
            <Menu.Dropdown>
              {stopped ? <Menu.Item leftSection={<IconMailForward size={15} />} onClick={() => setAsking(true)}>{says.lift}</Menu.Item> : <Menu.Item leftSection={<IconBan size={15} />} onClick={() => setAsking(true)}>{says.suppress}</Menu.Item>}
            </Menu.Dropdown>
          </Menu>
        )}
      </Group>
      {stopped ? <Text size="xs" c="dimmed" pl={24}>{says.suppressedSince(says.suppressReasons[stopped.reason] ?? stopped.reason, sayInstant(stopped.since))}</Text> : !isConfirmed && <Text size="xs" c="dimmed" pl={24}>{says.unconfirmedMore}</Text>}
      {isAsking && <Stop contact={contact} channel={channel} address={address} isLifted={stopped !== undefined} onClose={() => setAsking(false)} />}
    </div>
  );
}

function Stop({ contact, channel, address, isLifted, onClose }: { readonly contact: Contact; readonly channel: 'email' | 'sms'; readonly address: string; readonly isLifted: boolean; readonly onClose: () => void }) {
  const [note, setNote] = useState('');
  const save = useChange(contact.id, isLifted ? says.liftDone : says.suppressDone, () => (isLifted ? lift : suppress)(contact.id, channel, note.trim()), onClose);
  return (
    <Modal opened onClose={onClose} title={(isLifted ? says.liftTitle : says.suppressTitle)(address)} closeButtonProps={{ 'aria-label': says.close }}>
      <form onSubmit={(event) => { event.preventDefault(); save.mutate(undefined); }}>
        <Stack>
          <Text size="sm">{isLifted ? says.liftMore : says.suppressMore}</Text>
          <Textarea label={says.why} value={note} onChange={(event) => setNote(event.currentTarget.value)} maxLength={500} required autosize minRows={2} data-autofocus />
          {save.error && <Alert color="red" variant="light">{save.error.message}</Alert>}
          <Group justify="flex-end"><Button variant="default" onClick={onClose}>{says.cancel}</Button><Button type="submit" {...(isLifted ? {} : { color: 'red' })} disabled={!note.trim()} loading={save.isPending}>{isLifted ? says.lift : says.suppress}</Button></Group>
        </Stack>
      </form>
    </Modal>
  );
}
