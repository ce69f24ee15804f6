import { IconTrophy } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const goal: NodeDefinition<'goal'> = {
  name: 'Goal',
  color: 'green',
  icon: IconTrophy,
  blank: () => ({ kind: 'goal', goal: '' }),
  summary: (node) => `Goal reached: ${node.goal || 'not chosen yet'}`,
  more: () => 'and go on',
};
