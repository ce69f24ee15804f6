import { IconMessage } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Text', send: (template: string) => (template ? `Text “${template}”` : 'Send a text not chosen yet'), transactional: 'transactional', topic: (topic: string) => `topic ${topic || 'not chosen'}` },
  de: { name: 'SMS', send: (template: string) => (template ? `SMS „${template}“ senden` : 'Eine noch nicht gewählte SMS senden'), transactional: 'transaktional', topic: (topic: string) => `Thema ${topic || 'nicht gewählt'}` },
});

export const sendSms: NodeDefinition<'send_sms'> = {
  name: says.name,
  color: 'cyan',
  icon: IconMessage,
  blank: () => ({ kind: 'send_sms', template: '', topic: '' }),
  summary: (node) => says.send(node.template),
  more: (node) => (node.class === 'transactional' ? says.transactional : says.topic(node.topic ?? '')),
  Form: lazyForm((forms) => forms.SendSmsForm),
};
