import { IconArrowBackUp } from '@tabler/icons-react';

import { plural, words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Go to', to: (key: string | null) => `Go to ${key ?? 'nowhere yet'}`, always: 'every time', most: (n: number) => `at most ${n} ${plural(n, 'time', 'times')}` },
  de: { name: 'Springen', to: (key: string | null) => (key ? `Zu ${key} springen` : 'Noch nirgends hin springen'), always: 'jedes Mal', most: (n: number) => `höchstens ${n}-mal` },
});

export const goTo: NodeDefinition<'go_to'> = {
  name: says.name,
  color: 'gray',
  icon: IconArrowBackUp,
  blank: () => ({ kind: 'go_to' }),
  summary: (node) => says.to(node.next ?? null),
  more: (node) => (node.at_most == null ? says.always : says.most(node.at_most)),
  Form: lazyForm((forms) => forms.GoToForm),
};
