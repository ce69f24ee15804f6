import { IconBell } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Notify', tell: (to: string) => `Tell ${to || 'nobody yet'}` },
  de: { name: 'Benachrichtigen', tell: (to: string) => (to ? `${to} benachrichtigen` : 'Noch niemanden benachrichtigen') },
});

export const notify: NodeDefinition<'notify'> = {
  name: says.name,
  color: 'yellow',
  icon: IconBell,
  blank: () => ({ kind: 'notify', to: 'owner', text: '' }),
  summary: (node) => says.tell(node.to),
  more: (node) => node.text,
  Form: lazyForm((forms) => forms.NotifyForm),
};
