import { IconMail, IconMessage, IconWebhook } from '@tabler/icons-react';

export const PICTURES = { email: { icon: IconMail, color: 'indigo' }, sms: { icon: IconMessage, color: 'cyan' }, webhook: { icon: IconWebhook, color: 'violet' } } as const;
