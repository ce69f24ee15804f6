import { IconArrowsShuffle } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const split: NodeDefinition<'split'> = {
  name: 'Split',
  color: 'grape',
  icon: IconArrowsShuffle,
  title: () => 'Divide by chance',
  more: (node) => (node.paths ?? []).map(({ label, weight }) => `${weight} % ${label}`).join(' · '),
};
