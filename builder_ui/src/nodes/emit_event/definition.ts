import { IconBroadcast } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const emitEvent: NodeDefinition<'emit_event'> = {
  name: 'Emit event',
  color: 'violet',
  icon: IconBroadcast,
  title: (node) => `Say “${node.event || 'nothing'}”`,
  more: (node) => Object.keys(node.properties ?? {}).join(', '),
};
