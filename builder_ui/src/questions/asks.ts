import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';

import { answer, api, LIVE, PAGED } from '../api/client';
import type { Answered } from '../api/types';
import type { Field } from './form';

type Shown = Answered<'/api/v1/questions/{question_id}'>;
/** A question, with its form, of which the OpenAPI document says only that its fields are objects. */
export type Question = Omit<Shown, 'form'> & { readonly form: readonly Field[] };

export const askQuestions = (isOpen: boolean) =>
  infiniteQueryOptions({
    queryKey: ['questions', isOpen],
    queryFn: async ({ pageParam: before }) => (await answer(api.GET('/api/v1/questions', { params: { query: { before, open: isOpen } } }))) as unknown as { readonly items: readonly Question[]; readonly next: number | null },
    refetchInterval: 3 * LIVE,
    ...PAGED,
  });

export const askQuestion = (id: number) =>
  queryOptions({
    queryKey: ['question', id],
    queryFn: async () => (await answer(api.GET('/api/v1/questions/{question_id}', { params: { path: { question_id: id } } }))) as unknown as Question,
    refetchInterval: 3 * LIVE,
  });

export async function answerQuestion(id: number, label: string, values: Readonly<Record<string, unknown>>): Promise<Question> {
  return (await answer(api.POST('/api/v1/questions/{question_id}/answer', { params: { path: { question_id: id } }, body: { label, values: { ...values } } }))) as unknown as Question;
}
