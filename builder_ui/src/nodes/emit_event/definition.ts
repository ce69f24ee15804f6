import { IconBroadcast } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const emitEvent: NodeDefinition<'emit_event'> = {
  name: 'Emit event',
  color: 'violet',
  icon: IconBroadcast,
  blank: () => ({ kind: 'emit_event', event: '' }),
  summary: (node) => (node.event ? `Say “${node.event}”` : 'Say nothing yet'),
  more: (node) => Object.keys(node.properties ?? {}).join(', '),
};
