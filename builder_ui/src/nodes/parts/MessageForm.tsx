import { Stack } from '@mantine/core';

import { NameSelect, useOptions } from '../../fields/NameSelect';
import { write } from '../../fields/write';
import type { SendEmailNode, SendPushNode, SendSmsNode } from '../../generated/journey';
import { words } from '../../words/language';
import { ClassFields } from './ClassFields';
import { DataField } from './DataField';
import { GatesFields } from './GatesFields';
import { TemplateField } from './TemplateField';
import { TemplatePreview } from './TemplatePreview';
import { TroubleField } from './TroubleField';

const says = words({
  en: {
    sender: 'Sender', asUsual: 'As the template, the topic or the settings say', senderMore: 'From whom this step alone writes.', noSenders: 'Senders are registered under Settings, Senders; none is yet.', data: 'Values for the template', dataMore: 'Beside the contact’s own attributes.',
    on_skip: 'If it may not be sent', on_skipMore: 'No consent, suppressed, held too long … Anything but going on waits for the outcome.', on_error: 'If it cannot be sent', on_errorMore: 'It could not be made, or the provider refused it.',
  },
  de: {
    sender: 'Absender', asUsual: 'Wie Vorlage, Thema oder Einstellungen sagen', senderMore: 'Von wem allein dieser Schritt schreibt.', noSenders: 'Absender trägt man unter Einstellungen, Absender ein; noch gibt es keinen.', data: 'Werte für die Vorlage', dataMore: 'Neben den Attributen des Kontakts.',
    on_skip: 'Wenn sie nicht gesendet werden darf', on_skipMore: 'Keine Einwilligung, gesperrt, zu lange gehalten … Alles außer Weitergehen wartet auf den Ausgang.', on_error: 'Wenn sie nicht gesendet werden kann', on_errorMore: 'Sie ließ sich nicht erstellen, oder der Anbieter nahm sie nicht an.',
  },
});

type Sending = SendEmailNode | SendPushNode | SendSmsNode;
const CHANNEL = { send_email: 'email', send_sms: 'sms', send_push: 'push' } as const;

/** A letter, a text or a push: what is sent, about what, and what if it may not leave. */
export function MessageForm<Node extends Sending>({ node, change }: { readonly node: Node; readonly change: (node: Node, field?: string) => void }) {
  const put = <Field extends keyof Sending>(field: Field, value: Sending[Field] | undefined, typed?: string) => change(write(node as Sending, field, value) as Node, typed);
  return (
    <Stack gap="sm">
      <TemplateField channel={CHANNEL[node.kind]} value={node.template} change={(template) => put('template', template, 'template')} />
      <TemplatePreview template={node.template} channel={CHANNEL[node.kind]} />
      {node.kind === 'send_email' && <SenderField value={node.sender ?? ''} change={(sender) => change(write(node as SendEmailNode, 'sender', sender || undefined) as Node, 'sender')} />}
      <ClassFields node={node} change={change} />
      <DataField label={says.data} description={says.dataMore} kind="variable" of={node.template} value={node.data} change={(data) => put('data', data, 'data')} />
      <TroubleField label={says.on_skip} description={says.on_skipMore} value={node.on_skip} usual="continue" choices={['continue', 'exit']} change={(next) => put('on_skip', next)} />
      <TroubleField label={says.on_error} description={says.on_errorMore} value={node.on_error} usual="exit" choices={['exit', 'continue']} change={(next) => put('on_error', next)} />
      <GatesFields gates={node.gates} isMarketing={node.class !== 'transactional'} change={(gates) => put('gates', gates)} />
    </Stack>
  );
}

/** Who writes, said by name below the key. */
function SenderField({ value, change }: { readonly value: string; readonly change: (sender: string) => void }) {
  const senders = useOptions('sender');
  const name = senders.find((one) => one.value === value)?.more;
  return <NameSelect label={says.sender} description={name || (value === '' && senders.length === 0 ? says.noSenders : says.senderMore)} placeholder={says.asUsual} kind="sender" value={value} change={change} />;
}
