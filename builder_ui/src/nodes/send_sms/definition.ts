import { IconMessage } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const sendSms: NodeDefinition<'send_sms'> = {
  name: 'Text',
  color: 'cyan',
  icon: IconMessage,
  title: (node) => `Text “${node.template}”`,
  more: (node) => (node.class === 'transactional' ? 'transactional' : `topic ${node.topic ?? 'not chosen'}`),
};
