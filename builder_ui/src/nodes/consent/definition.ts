import { IconMailCheck } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const consent: NodeDefinition<'consent'> = {
  name: 'Consent',
  color: 'pink',
  icon: IconMailCheck,
  blank: () => ({ kind: 'consent', topic: '', channel: 'email', choice: 'subscribed' }),
  summary: (node) => `${node.choice === 'subscribed' ? 'Subscribe to' : 'Unsubscribe from'} ${node.topic || 'nothing'}`,
  more: (node) => (node.confirmed_by ? `by ${node.channel}, if “${node.confirmed_by}” was clicked` : `by ${node.channel}`),
};
