import { IconMail } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const sendEmail: NodeDefinition<'send_email'> = {
  name: 'E-mail',
  color: 'indigo',
  icon: IconMail,
  blank: () => ({ kind: 'send_email', template: '', topic: '' }),
  summary: (node) => (node.template ? `Send “${node.template}”` : 'Send a letter not chosen yet'),
  more: (node) => (node.class === 'transactional' ? 'transactional' : `topic ${node.topic || 'not chosen'}`),
};
