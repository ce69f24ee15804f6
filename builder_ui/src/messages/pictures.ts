import { IconBell, IconMail, IconMessage, IconWebhook } from '@tabler/icons-react';

export const PICTURES = { email: { icon: IconMail, color: 'indigo' }, sms: { icon: IconMessage, color: 'cyan' }, push: { icon: IconBell, color: 'orange' }, webhook: { icon: IconWebhook, color: 'violet' } } as const;
