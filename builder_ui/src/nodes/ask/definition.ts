import { IconUserQuestion } from '@tabler/icons-react';

import { sayDuration } from '../../graph/words';
import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Ask', summary: (to: string) => `Ask ${to || 'nobody yet'}`, upTo: (length: string) => `up to ${length}`, endless: 'without end', yes: 'yes', no: 'no' },
  de: { name: 'Fragen', summary: (to: string) => (to ? `${to} fragen` : 'Noch niemanden fragen'), upTo: (length: string) => `bis zu ${length}`, endless: 'ohne Ende', yes: 'ja', no: 'nein' },
});

export const ask: NodeDefinition<'ask'> = {
  name: says.name,
  color: 'yellow',
  icon: IconUserQuestion,
  blank: () => ({ kind: 'ask', to: 'owner', text: '', paths: [{ label: says.yes }, { label: says.no }], due: { after: 'P3D' } }),
  summary: (node) => says.summary(node.to),
  more: (node) => [node.text, node.due ? says.upTo(sayDuration(node.due.after, 'bent')) : says.endless].filter(Boolean).join(' · '),
  Form: lazyForm((forms) => forms.AskForm),
};
