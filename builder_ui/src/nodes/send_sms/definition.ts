import { IconMessage } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const sendSms: NodeDefinition<'send_sms'> = {
  name: 'Text',
  color: 'cyan',
  icon: IconMessage,
  blank: () => ({ kind: 'send_sms', template: '', topic: '' }),
  summary: (node) => (node.template ? `Text “${node.template}”` : 'Send a text not chosen yet'),
  more: (node) => (node.class === 'transactional' ? 'transactional' : `topic ${node.topic || 'not chosen'}`),
};
