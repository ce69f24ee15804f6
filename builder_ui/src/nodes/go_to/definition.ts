import { IconArrowBackUp } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const goTo: NodeDefinition<'go_to'> = {
  name: 'Go to',
  color: 'gray',
  icon: IconArrowBackUp,
  blank: () => ({ kind: 'go_to' }),
  summary: (node) => `Go to ${node.next ?? 'nowhere yet'}`,
  more: (node) => (node.at_most == null ? 'every time' : `at most ${node.at_most} times`),
};
