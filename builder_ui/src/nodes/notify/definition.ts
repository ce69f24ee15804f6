import { IconBell } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const notify: NodeDefinition<'notify'> = {
  name: 'Notify',
  color: 'yellow',
  icon: IconBell,
  title: (node) => `Tell ${node.to}`,
  more: (node) => node.text,
};
