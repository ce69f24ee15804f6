import { IconWebhook } from '@tabler/icons-react';

import { words } from '../../words/language';
import { lazyForm } from '../lazyForm';
import type { NodeDefinition } from '../types';

const says = words({
  en: { name: 'Webhook', call: (target: string) => `Call ${target || 'nobody yet'}`, more: (method: string) => `${method}, and wait for the answer` },
  de: { name: 'Webhook', call: (target: string) => (target ? `${target} aufrufen` : 'Noch niemanden aufrufen'), more: (method: string) => `${method}, und auf die Antwort warten` },
});

export const webhook: NodeDefinition<'webhook'> = {
  name: says.name,
  color: 'violet',
  icon: IconWebhook,
  blank: () => ({ kind: 'webhook', endpoint: '' }),
  summary: (node) => says.call(node.endpoint || node.url || ''),
  more: (node) => says.more(node.method ?? 'POST'),
  Form: lazyForm((forms) => forms.WebhookForm),
};
