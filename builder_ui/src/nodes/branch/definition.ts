import { IconArrowsSplit2 } from '@tabler/icons-react';

import { sayCondition } from '../../graph/words';
import type { NodeDefinition } from '../types';

export const branch: NodeDefinition<'branch'> = {
  name: 'Branch',
  color: 'teal',
  icon: IconArrowsSplit2,
  blank: () => ({ kind: 'branch', paths: [{ label: 'yes', when: { segment: '', op: 'member' } }], otherwise: {} }),
  summary: (node) => (node.paths?.[0] ? sayCondition(node.paths[0].when) + '?' : 'Branch'),
  more: (node) => `${node.paths?.length ?? 0} ${node.paths?.length === 1 ? 'path' : 'paths'}, or otherwise`,
};
