import { IconFilterPause } from '@tabler/icons-react';

import { sayDuration } from '../../graph/words';
import type { NodeDefinition } from '../types';

export const throttle: NodeDefinition<'throttle'> = {
  name: 'Throttle',
  color: 'orange',
  icon: IconFilterPause,
  blank: () => ({ kind: 'throttle', at_most: 100, per: 'PT1H' }),
  summary: (node) => `At most ${node.at_most} in ${sayDuration(node.per ?? 'PT1M')}`,
  more: () => 'the others wait in line',
};
