import { IconListNumbers } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import { CHANNEL_NAMES, CHANNELS_WITHIN } from '../parts/channels';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'First channel', else: ', else ', transactional: 'transactional', topic: (topic: string) => `topic ${topic || 'not chosen'}` },
  de: { name: 'Erster Kanal', else: ', sonst ', transactional: 'transaktional', topic: (topic: string) => `Thema ${topic || 'nicht gewählt'}` },
});

export const sendFirst: NodeDefinition<'send_first'> = {
  name: says.name,
  color: 'indigo',
  icon: IconListNumbers,
  also: 'fallback channel e-mail sms text',
  blank: () => ({ kind: 'send_first', tries: [{ channel: 'email', template: '' }, { channel: 'sms', template: '' }], topic: '' }),
  summary: ({ tries }) => tries.map(({ channel }, place) => (place === 0 ? CHANNEL_NAMES : CHANNELS_WITHIN)[channel]).join(says.else),
  more: (node) => (node.class === 'transactional' ? says.transactional : says.topic(node.topic ?? '')),
  Form: lazyForm((forms) => forms.SendFirstForm),
};
