import { IconHourglass } from '@tabler/icons-react';

import { sayCondition, sayDuration } from '../../graph/words';
import type { NodeDefinition } from '../types';

export const waitFor: NodeDefinition<'wait_for'> = {
  name: 'Wait for',
  color: 'orange',
  icon: IconHourglass,
  blank: () => ({ kind: 'wait_for', paths: [{ label: 'it happens', event: '' }], timeout: { after: 'P7D' } }),
  summary: (node) => {
    const first = node.paths?.[0];
    if (!first) return 'Wait for something';
    return `Wait for ${'event' in first ? (first.event ? `“${first.event}”` : 'something') : sayCondition(first.when)}`;
  },
  more: (node) => {
    const length = node.timeout ? sayDuration(node.timeout.after) : '';
    if (node.choose === 'ranked') return length ? `${length} long, then the highest path that came` : 'the highest path that came';
    return length ? `up to ${length}` : 'without end';
  },
};
