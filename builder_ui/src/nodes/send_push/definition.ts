import { IconBell } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Push', send: (template: string) => (template ? `Push “${template}”` : 'Send a push not chosen yet'), transactional: 'transactional', topic: (topic: string) => `topic ${topic || 'not chosen'}` },
  de: { name: 'Push', send: (template: string) => (template ? `Push „${template}“ senden` : 'Eine noch nicht gewählte Push senden'), transactional: 'transaktional', topic: (topic: string) => `Thema ${topic || 'nicht gewählt'}` },
});

export const sendPush: NodeDefinition<'send_push'> = {
  name: says.name,
  color: 'orange',
  icon: IconBell,
  blank: () => ({ kind: 'send_push', template: '', topic: '' }),
  summary: (node) => says.send(node.template),
  more: (node) => (node.class === 'transactional' ? says.transactional : says.topic(node.topic ?? '')),
  Form: lazyForm((forms) => forms.SendPushForm),
};
