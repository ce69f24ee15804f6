import { IconDoorExit } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const leave: NodeDefinition<'leave'> = {
  name: 'Leave',
  color: 'gray',
  icon: IconDoorExit,
  blank: (key) => ({ kind: 'leave', reason: key }),
  summary: (node) => `Leave: ${node.reason}`,
  more: () => 'the journey ends here',
};
