import { IconTrophy } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const goal: NodeDefinition<'goal'> = {
  name: 'Goal',
  color: 'green',
  icon: IconTrophy,
  title: (node) => `Goal reached: ${node.goal}`,
  more: () => 'and go on',
};
