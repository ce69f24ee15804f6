import { IconArrowsShuffle } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({ en: { name: 'Split', summary: 'Divide by chance' }, de: { name: 'Aufteilen', summary: 'Nach Zufall aufteilen' } });

export const split: NodeDefinition<'split'> = {
  name: says.name,
  color: 'grape',
  icon: IconArrowsShuffle,
  blank: () => ({ kind: 'split', paths: [{ label: 'A', weight: 50 }, { label: 'B', weight: 50 }] }),
  summary: () => says.summary,
  more: (node) => (node.paths ?? []).map(({ label, weight }) => `${weight} % ${label}`).join(' · '),
  Form: lazyForm((forms) => forms.SplitForm),
};
