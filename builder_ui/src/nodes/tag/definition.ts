import { IconTag } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const tag: NodeDefinition<'tag'> = {
  name: 'Tag',
  color: 'pink',
  icon: IconTag,
  blank: () => ({ kind: 'tag', add: [] }),
  summary: (node) => (node.add?.length ? `Tag as ${node.add.join(', ')}` : `Remove ${(node.remove ?? []).join(', ') || 'nothing'}`),
  more: (node) => (node.add?.length && node.remove?.length ? `and remove ${node.remove.join(', ')}` : 'on the contact'),
};
