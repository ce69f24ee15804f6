import { IconDoorExit } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const leave: NodeDefinition<'leave'> = {
  name: 'Leave',
  color: 'gray',
  icon: IconDoorExit,
  title: (node) => `Leave: ${node.reason}`,
  more: () => 'the journey ends here',
};
