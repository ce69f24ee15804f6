import { IconPlayerPlay } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const startJourney: NodeDefinition<'start_journey'> = {
  name: 'Start journey',
  color: 'violet',
  icon: IconPlayerPlay,
  blank: () => ({ kind: 'start_journey', journey: '' }),
  summary: (node) => `Start ${node.journey || 'nothing'}`,
  more: (node) => {
    const names = Object.keys(node.data ?? {});
    return names.length > 0 ? `with ${names.join(', ')}` : 'for this contact';
  },
};
