import { IconBell } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const notify: NodeDefinition<'notify'> = {
  name: 'Notify',
  color: 'yellow',
  icon: IconBell,
  blank: () => ({ kind: 'notify', to: 'owner', text: '' }),
  summary: (node) => `Tell ${node.to || 'nobody yet'}`,
  more: (node) => node.text,
};
