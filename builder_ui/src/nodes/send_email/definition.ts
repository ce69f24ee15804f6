import { IconMail } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const sendEmail: NodeDefinition<'send_email'> = {
  name: 'E-mail',
  color: 'indigo',
  icon: IconMail,
  title: (node) => `Send “${node.template}”`,
  more: (node) => (node.class === 'transactional' ? 'transactional' : `topic ${node.topic ?? 'not chosen'}`),
};
