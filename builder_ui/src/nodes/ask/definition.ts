import { IconUserQuestion } from '@tabler/icons-react';

import { sayDuration } from '../../graph/words';
import type { NodeDefinition } from '../types';

export const ask: NodeDefinition<'ask'> = {
  name: 'Ask',
  color: 'yellow',
  icon: IconUserQuestion,
  blank: () => ({ kind: 'ask', to: 'owner', text: '', paths: [{ label: 'yes' }, { label: 'no' }], due: { after: 'P3D' } }),
  summary: (node) => `Ask ${node.to || 'nobody yet'}`,
  more: (node) => [node.text, node.due ? `up to ${sayDuration(node.due.after)}` : 'without end'].filter(Boolean).join(' · '),
};
