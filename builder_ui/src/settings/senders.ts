import { queryOptions } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import type { Answered } from '../api/types';

export type SendersShown = Answered<'/api/v1/senders'>;
export type SenderShown = SendersShown['items'][number];

export const askSenders = () => queryOptions({ queryKey: ['senders'], queryFn: () => answer(api.GET('/api/v1/senders')) });

export function sayMailbox({ name, address }: { readonly name: string; readonly address: string }): string {
  return name ? `${name} <${address}>` : address;
}
