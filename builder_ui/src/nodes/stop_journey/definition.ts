import { IconPlayerStop } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const stopJourney: NodeDefinition<'stop_journey'> = {
  name: 'Stop journey',
  color: 'violet',
  icon: IconPlayerStop,
  blank: () => ({ kind: 'stop_journey', journey: '' }),
  summary: (node) => `Stop ${node.journey || 'nothing'}`,
  more: (node) => (node.entry_key === undefined || node.entry_key === null ? 'for this contact' : 'the one of this entry key'),
};
