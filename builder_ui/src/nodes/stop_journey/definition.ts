import { IconPlayerStop } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Stop journey', stop: (key: string) => `Stop ${key || 'nothing'}`, contact: 'for this contact', one: 'the one of this entry key' },
  de: { name: 'Journey beenden', stop: (key: string) => (key ? `${key} beenden` : 'Noch nichts beenden'), contact: 'für diesen Kontakt', one: 'die dieses Eintrittsschlüssels' },
});

export const stopJourney: NodeDefinition<'stop_journey'> = {
  name: says.name,
  color: 'violet',
  icon: IconPlayerStop,
  blank: () => ({ kind: 'stop_journey', journey: '' }),
  summary: (node) => says.stop(node.journey),
  more: (node) => (node.entry_key === undefined || node.entry_key === null ? says.contact : says.one),
  Form: lazyForm((forms) => forms.StopJourneyForm),
};
