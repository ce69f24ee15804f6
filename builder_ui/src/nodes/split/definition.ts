import { IconArrowsShuffle } from '@tabler/icons-react';

import type { NodeDefinition } from '../types';

export const split: NodeDefinition<'split'> = {
  name: 'Split',
  color: 'grape',
  icon: IconArrowsShuffle,
  blank: () => ({ kind: 'split', paths: [{ label: 'A', weight: 50 }, { label: 'B', weight: 50 }] }),
  summary: () => 'Divide by chance',
  more: (node) => (node.paths ?? []).map(({ label, weight }) => `${weight} % ${label}`).join(' · '),
};
