import { IconArrowsSplit2 } from '@tabler/icons-react';

import { sayCondition } from '../../graph/words';
import { plural, words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Branch', yes: 'yes', paths: (n: number) => `${n} ${plural(n, 'path', 'paths')}, or otherwise` },
  de: { name: 'Verzweigen', yes: 'ja', paths: (n: number) => `${n} ${plural(n, 'Pfad', 'Pfade')}, oder sonst` },
});

export const branch: NodeDefinition<'branch'> = {
  name: says.name,
  color: 'teal',
  icon: IconArrowsSplit2,
  blank: () => ({ kind: 'branch', paths: [{ label: says.yes, when: { segment: '', op: 'member' } }], otherwise: {} }),
  summary: (node) => (node.paths?.[0] ? sayCondition(node.paths[0].when) + '?' : says.name),
  more: (node) => says.paths(node.paths?.length ?? 0),
  Form: lazyForm((forms) => forms.BranchForm),
};
