import { IconMailCheck } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: {
    name: 'Consent', subscribe: (topic: string) => `Subscribe to ${topic || 'nothing'}`, unsubscribe: (topic: string) => `Unsubscribe from ${topic || 'nothing'}`,
    by: (channel: string) => `by ${channel}`, clicked: (channel: string, letter: string) => `by ${channel}, if “${letter}” was clicked`,
  },
  de: {
    name: 'Einwilligung', subscribe: (topic: string) => (topic ? `Für ${topic} anmelden` : 'Noch für nichts anmelden'), unsubscribe: (topic: string) => (topic ? `Von ${topic} abmelden` : 'Noch von nichts abmelden'),
    by: (channel: string) => `per ${channel}`, clicked: (channel: string, letter: string) => `per ${channel}, wenn „${letter}“ angeklickt wurde`,
  },
});

export const consent: NodeDefinition<'consent'> = {
  name: says.name,
  color: 'pink',
  icon: IconMailCheck,
  blank: () => ({ kind: 'consent', topic: '', channel: 'email', choice: 'subscribed' }),
  summary: (node) => (node.choice === 'subscribed' ? says.subscribe : says.unsubscribe)(node.topic),
  more: (node) => (node.confirmed_by ? says.clicked(node.channel, node.confirmed_by) : says.by(node.channel)),
  Form: lazyForm((forms) => forms.ConsentForm),
};
