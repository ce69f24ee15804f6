import { IconPlayerPlay } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Start journey', start: (key: string) => `Start ${key || 'nothing'}`, with: (names: string) => `with ${names}`, contact: 'for this contact' },
  de: { name: 'Journey starten', start: (key: string) => (key ? `${key} starten` : 'Noch nichts starten'), with: (names: string) => `mit ${names}`, contact: 'für diesen Kontakt' },
});

export const startJourney: NodeDefinition<'start_journey'> = {
  name: says.name,
  color: 'violet',
  icon: IconPlayerPlay,
  blank: () => ({ kind: 'start_journey', journey: '' }),
  summary: (node) => says.start(node.journey),
  more: (node) => {
    const names = Object.keys(node.data ?? {});
    return names.length > 0 ? says.with(names.join(', ')) : says.contact;
  },
  Form: lazyForm((forms) => forms.StartJourneyForm),
};
