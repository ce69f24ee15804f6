import { IconBroadcast } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Emit event', say: (event: string) => (event ? `Say “${event}”` : 'Say nothing yet') },
  de: { name: 'Ereignis melden', say: (event: string) => (event ? `„${event}“ melden` : 'Noch nichts melden') },
});

export const emitEvent: NodeDefinition<'emit_event'> = {
  name: says.name,
  color: 'violet',
  icon: IconBroadcast,
  blank: () => ({ kind: 'emit_event', event: '' }),
  summary: (node) => says.say(node.event),
  more: (node) => Object.keys(node.properties ?? {}).join(', '),
  Form: lazyForm((forms) => forms.EmitEventForm),
};
