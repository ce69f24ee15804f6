import { queryOptions } from '@tanstack/react-query';

import { answer, api } from '../api/client';
import type { Answered } from '../api/types';
import type { Condition } from '../generated/journey';

export type TemplateItem = Answered<'/api/v1/templates'>['items'][number];
export type TemplateShown = Answered<'/api/v1/templates/{key}'>;
export type Preview = Answered<'/api/v1/templates/preview', 'post'>;
export type Channel = 'email' | 'sms' | 'push';
/** The channel of a template, as its row names it. */
export const readChannel = (name: string | undefined): Channel => (name === 'sms' || name === 'push' ? name : 'email');
/** For whom a preview is made, and what a journey would bring. */
export type Reader = { readonly contact: string; readonly data: string };

export type Starter = Answered<'/api/v1/letter-starters'>['starters'][number];

/** The letters to begin with. */
export const askStarters = () => queryOptions({ queryKey: ['letter-starters'], queryFn: async () => (await answer(api.GET('/api/v1/letter-starters'))).starters, staleTime: Infinity });
export const askTemplates = () => queryOptions({ queryKey: ['templates'], queryFn: async () => (await answer(api.GET('/api/v1/templates'))).items });
export const askTemplate = (key: string) => queryOptions({ queryKey: ['template', key], queryFn: () => answer(api.GET('/api/v1/templates/{key}', { params: { path: { key } } })) });
export const askWords = (key: string, number: number) =>
  queryOptions({ queryKey: ['template', key, number], queryFn: () => answer(api.GET('/api/v1/templates/{key}/versions/{number}', { params: { path: { key, number } } })), staleTime: Infinity });

export type TestSent = Answered<'/api/v1/templates/test', 'post'>;

/** Sends what stands in the editor, marked as a test. */
export const sendTest = (body: { readonly channel: Channel; readonly source: string; readonly language: string; readonly template: string; readonly contact: string; readonly data: Record<string, unknown>; readonly sender: string | null; readonly files: string[]; readonly to: string }): Promise<TestSent> =>
  answer(api.POST('/api/v1/templates/test', { body: { ...body, language: body.language || null, contact: body.contact || null, attributes: {}, trigger: {}, context: {} } }));

/** The letter for a reader, as the server renders it; `data` is JSON that has been read, `language` the tag of a variant. */
export const askPreview = (channel: Channel, source: string, contact: string, data: Record<string, unknown>, sender: string | null = null, language = '') =>
  queryOptions({
    queryKey: ['preview', channel, source, contact, data, sender, language],
    queryFn: () => answer(api.POST('/api/v1/templates/preview', { body: { channel, source, contact: contact || null, attributes: {}, data, trigger: {}, context: {}, sender, language: language || null } })),
    enabled: source.trim() !== '',
    gcTime: 60_000,
    staleTime: 60_000,
    retry: false,
    placeholderData: (before: Preview | undefined) => before,
  });

export type PartsShown = Answered<'/api/v1/texts/parts', 'post'>;

/** How many parts a text takes with the people whom it is for: words of an editor, or a template in use. */
export const askParts = ({ source, template, audience, data }: { readonly source?: string | undefined; readonly template?: string | undefined; readonly audience?: Condition | undefined; readonly data?: Record<string, unknown> | undefined }) =>
  queryOptions({
    queryKey: ['parts', source, template, audience, data],
    queryFn: () => answer(api.POST('/api/v1/texts/parts', { body: { source: source ?? null, template: template ?? null, audience: audience ? { ...audience } : null, data: data ?? {} } })),
    enabled: Boolean(source?.trim() || template),
    staleTime: 60_000,
    retry: false,
    placeholderData: (before: PartsShown | undefined) => before,
  });

/** What the texts of a journey have cost so far. */
export const askCosts = (key: string) => queryOptions({ queryKey: ['costs', key], queryFn: () => answer(api.GET('/api/v1/texts/costs/{key}', { params: { path: { key } } })), staleTime: 10_000 });
