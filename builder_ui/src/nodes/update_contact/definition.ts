import { IconUserEdit } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const updateContact: NodeDefinition<'update_contact'> = {
  name: 'Update contact',
  color: 'pink',
  icon: IconUserEdit,
  title: (node) => `Set ${Object.keys(node.set ?? {}).join(', ') || 'nothing'}`,
  more: (node) => (node.unset?.length ? `remove ${node.unset.join(', ')}` : 'of the contact'),
};
