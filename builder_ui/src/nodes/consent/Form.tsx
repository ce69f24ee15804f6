import { Stack } from '@mantine/core';

import { ChoiceField, SwitchField } from '../../fields/ChoiceField';
import { NameSelect, useOptions } from '../../fields/NameSelect';
import { write } from '../../fields/write';
import { words } from '../../words/language';
import type { FormProps } from '../types';

const says = words({
  en: {
    choice: 'The contact', subscribed: 'said yes', unsubscribed: 'said no', topic: 'To the topic', channel: 'By', channels: { email: 'e-mail', sms: 'text', push: 'push', chat: 'chat' },
    confirmed: 'Only if this letter was clicked', confirmedMore: 'A click after a no lifts the no; without one a no is never turned into a yes.', none: 'Without a click',
  },
  de: {
    choice: 'Der Kontakt', subscribed: 'hat zugestimmt', unsubscribed: 'hat abgelehnt', topic: 'Zum Thema', channel: 'Per', channels: { email: 'E-Mail', sms: 'SMS', push: 'Push', chat: 'Chat' },
    confirmed: 'Nur wenn dieser Brief angeklickt wurde', confirmedMore: 'Ein Klick nach einem Nein hebt es auf; ohne ihn wird aus einem Nein nie ein Ja.', none: 'Ohne Klick',
  },
});

export function ConsentForm({ node, change }: FormProps<'consent'>) {
  const letters = useOptions('letter').map(({ value }) => value);
  const named = node.confirmed_by && !letters.includes(node.confirmed_by) ? [node.confirmed_by] : [];
  return (
    <Stack gap="sm">
      <SwitchField label={says.choice} value={node.choice} change={(choice) => change({ ...node, choice })} choices={[{ value: 'subscribed', label: says.subscribed }, { value: 'unsubscribed', label: says.unsubscribed }]} />
      <NameSelect label={says.topic} kind="topic" value={node.topic} change={(topic) => change({ ...node, topic }, 'topic')} />
      <ChoiceField label={says.channel} value={node.channel} change={(channel) => change({ ...node, channel })} choices={(['email', 'sms', 'push', 'chat'] as const).map((value) => ({ value, label: says.channels[value] }))} />
      <ChoiceField label={says.confirmed} description={says.confirmedMore} value={node.confirmed_by ?? ''} change={(key) => change(write(node, 'confirmed_by', key === '' ? undefined : key))} choices={[{ value: '', label: says.none }, ...[...letters, ...named].map((value) => ({ value, label: value }))]} />
    </Stack>
  );
}
