import { IconStars } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const score: NodeDefinition<'score'> = {
  name: 'Score',
  color: 'pink',
  icon: IconStars,
  blank: () => ({ kind: 'score', score: '', by: 10 }),
  summary: (node) => {
    const name = node.score || 'the score';
    if (typeof node.to === 'number') return `Set ${name} to ${node.to}`;
    const by = node.by ?? 0;
    return by < 0 ? `Take ${-by} from ${name}` : `Add ${by} to ${name}`;
  },
  more: (node) => {
    const bounds = [
      typeof node.floor === 'number' ? `at least ${node.floor}` : '',
      typeof node.ceiling === 'number' ? `at most ${node.ceiling}` : '',
    ];
    return bounds.filter(Boolean).join(', ');
  },
};
