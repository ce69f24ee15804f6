import { IconWebhook } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const webhook: NodeDefinition<'webhook'> = {
  name: 'Webhook',
  color: 'violet',
  icon: IconWebhook,
  blank: () => ({ kind: 'webhook', endpoint: '' }),
  summary: (node) => `Call ${node.endpoint || node.url || 'nobody yet'}`,
  more: (node) => `${node.method ?? 'POST'}, and wait for the answer`,
};
