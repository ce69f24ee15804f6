import { IconUserEdit } from '@tabler/icons-react';

import type { UpdateContactNode } from '../../generated/journey';
import type { NodeDefinition } from '../types';

export const updateContact: NodeDefinition<'update_contact'> = {
  name: 'Update contact',
  color: 'pink',
  icon: IconUserEdit,
  blank: () => ({ kind: 'update_contact', set: {} }),
  summary: sayUpdate,
  more: (node) => (node.unset?.length ? `remove ${node.unset.join(', ')}` : 'of the contact'),
};

function sayUpdate({ set, increment, unset }: UpdateContactNode): string {
  const names = Object.keys(set ?? {});
  const counted = Object.keys(increment ?? {});
  if (names.length > 0) return `Set ${[...names, ...counted].join(', ')}`;
  if (counted.length > 0) return `Count ${counted.join(', ')}`;
  return unset?.length ? `Remove ${unset.join(', ')}` : 'Set nothing yet';
}
