import { IconUserQuestion } from '@tabler/icons-react';

import { sayDuration } from '../../graph/words';
import type { NodeDefinition } from '../types';

export const ask: NodeDefinition<'ask'> = {
  name: 'Ask',
  color: 'yellow',
  icon: IconUserQuestion,
  title: (node) => `Ask ${node.to}`,
  more: (node) => [node.text, node.due ? `up to ${sayDuration(node.due.after)}` : 'without end'].filter(Boolean).join(' · '),
};
