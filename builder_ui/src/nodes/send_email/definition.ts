import { IconMail } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'E-mail', send: (template: string) => (template ? `Send “${template}”` : 'Send a letter not chosen yet'), transactional: 'transactional', topic: (topic: string) => `topic ${topic || 'not chosen'}` },
  de: { name: 'E-Mail', send: (template: string) => (template ? `„${template}“ senden` : 'Einen noch nicht gewählten Brief senden'), transactional: 'transaktional', topic: (topic: string) => `Thema ${topic || 'nicht gewählt'}` },
});

export const sendEmail: NodeDefinition<'send_email'> = {
  name: says.name,
  color: 'indigo',
  icon: IconMail,
  blank: () => ({ kind: 'send_email', template: '', topic: '' }),
  summary: (node) => says.send(node.template),
  more: (node) => (node.class === 'transactional' ? says.transactional : says.topic(node.topic ?? '')),
  Form: lazyForm((forms) => forms.SendEmailForm),
};
