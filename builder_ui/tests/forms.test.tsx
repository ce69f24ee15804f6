// Every form is drawn once, as the server would draw it: with a new node, and with one that holds all there is.
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import type { ComponentType } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';

import { FieldScopeContext } from '../src/fields/scope';
import type { Journey, Node, Trigger } from '../src/generated/journey';
import { EntryForm } from '../src/inspector/EntryForm';
import { ExitsForm } from '../src/inspector/ExitsForm';
import { GoalsForm } from '../src/inspector/GoalsForm';
import type { PartProps } from '../src/inspector/parts';
import { SettingsForm } from '../src/inspector/SettingsForm';
import { BLANK_TRIGGERS } from '../src/inspector/triggers';
import { TriggerForm } from '../src/inspector/TriggerForm';
import * as forms from '../src/nodes/forms';
import { NODES } from '../src/nodes/registry';
import type { FormProps, Kind } from '../src/nodes/types';
import { RuleBuilder } from '../src/rules/RuleBuilder';
import { examples } from './arbitrary';

function draw(element: React.ReactNode, journey: Journey): string {
  const scope = { journey, node: null, closeField: () => undefined };
  return renderToStaticMarkup(
    <MantineProvider><QueryClientProvider client={new QueryClient()}><FieldScopeContext value={scope}>{element}</FieldScopeContext></QueryClientProvider></MantineProvider>,
  );
}

const FORMS: { readonly [K in Kind]: ComponentType<FormProps<K>> } = {
  wait: forms.WaitForm, wait_for: forms.WaitForForm, branch: forms.BranchForm, split: forms.SplitForm, send_email: forms.SendEmailForm, send_sms: forms.SendSmsForm, send_push: forms.SendPushForm, send_first: forms.SendFirstForm, webhook: forms.WebhookForm, update_contact: forms.UpdateContactForm,
  tag: forms.TagForm, consent: forms.ConsentForm, score: forms.ScoreForm, emit_event: forms.EmitEventForm, start_journey: forms.StartJourneyForm, stop_journey: forms.StopJourneyForm, throttle: forms.ThrottleForm, notify: forms.NotifyForm,
  ask: forms.AskForm, goal: forms.GoalForm, leave: forms.LeaveForm, go_to: forms.GoToForm,
};
const empty: Journey = { format: 1, key: 'j', name: 'J', trigger: { kind: 'manual' } };

function drawNode(node: Node, journey = empty): { readonly html: string; readonly changed: number } {
  let changed = 0;
  const Form = FORMS[node.kind] as unknown as ComponentType<FormProps<Kind>>;
  return { html: draw(<Form node={node} change={() => { changed += 1; }} />, journey), changed };
}

it.each(Object.keys(NODES) as Kind[])('shows a new node of the kind %s, and changes nothing by itself', (kind) => {
  const { html, changed } = drawNode(NODES[kind].blank('a'));
  expect(html).toContain('<input');
  expect(html).not.toMatch(/undefined|\[object|NaN/);
  expect(changed).toBe(0);
});

it.each<[Node, readonly string[]]>([
  [{ kind: 'wait', until: { at: '09:15', days_ahead: 2, skip_holidays: true, same_day_if_late: true } }, ['09:15', 'value="2"']],
  [{ kind: 'wait', until: { from: '22:00', to: '06:00' } }, ['22:00', '06:00']],
  [{ kind: 'wait', until: { best_hour: 'contact', from: '08:15', to: '20:45', fallback: '11:30' } }, ['08:15', '20:45', '11:30']],
  [{ kind: 'send_first', tries: [{ channel: 'sms', template: 'short' }, { channel: 'email', template: 'long', data: { item: 'boots' } }], topic: 'news', on_failure: 'error', gates: { expires_after: 'PT7H' } }, ['short', 'long', 'boots', 'news', 'value="7"']],
  [{ kind: 'wait', until: { attribute: 'renews_on', offset: '-P7D', at: '10:30' }, on_missing: {} }, ['renews_on', 'value="7"', '10:30']],
  [{ kind: 'wait_for', since: 'PT6H', choose: 'ranked', ignore_past: true, timeout: { after: 'P5D' }, paths: [{ label: 'clicks', when: { message: 'nudge', op: 'clicked' } }, { label: 'buys', event: 'Order', match_key: 'properties.id', where: { property: 'total', op: 'gte', value: 77 } }] }, ['clicks', 'nudge', 'Order', 'properties.id', 'total', 'value="77"', 'value="6"', 'value="5"']],
  [{ kind: 'split', paths: [{ label: 'A', weight: 61, control: true }, { label: 'B', weight: 39 }], salt: 'sea', winner: { goal: 'bought', after: 'P9D', at_least: 250, confidence: 0.9, fallback: 'A' } }, ['61', '39', 'bought', 'value="9"', '250', '90', 'sea']],
  [{ kind: 'send_email', template: 'hello', topic: 'news', class: 'transactional', data: { items: { $: 'trigger.properties.items', or: [] } }, gates: { quiet_hours: 'skip', expires_after: 'PT8H', unknown_outcome: 'resend' }, on_skip: {}, on_error: 'continue' }, ['hello', 'news', 'items', 'trigger.properties.items', 'value="8"']],
  [{ kind: 'webhook', url: 'https://shop.example/x', method: 'PUT', headers: { 'X-Id': 'abc' }, body: { n: 5 }, timeout: 'PT20S', save: { tier: 'body.tier' }, on_error: 'exit' }, ['https://shop.example/x', 'PUT', 'X-Id', 'abc', 'value="5"', 'value="20"', 'tier', 'body.tier']],
  [{ kind: 'update_contact', set: { plan: 'pro' }, unset: ['trial'], increment: { visits: 3 } }, ['plan', 'pro', 'trial', 'visits', 'value="3"']],
  [{ kind: 'ask', to: 'team:sales', text: 'Well?', data: { n: 4 }, paths: [{ label: 'yes' }], form: [{ kind: 'choice', name: 'size', label: 'How big', required: true, choices: ['S', 'L'] }], due: { after: 'P4D' }, escalate: { after: 'P2D', to: 'role:admin' } }, ['team:sales', 'Well?', 'yes', 'size', 'How big', '>S<', '>L<', 'value="4"', 'value="2"', 'role:admin']],
  [{ kind: 'score', score: 'interest', to: 5, floor: 1, ceiling: 9 }, ['interest', 'value="5"', 'value="1"', 'value="9"']],
  [{ kind: 'stop_journey', journey: 'other', entry_key: { $: 'trigger.properties.id' } }, ['other', 'trigger.properties.id']],
  [{ kind: 'throttle', at_most: 12, per: 'PT3H' }, ['12', 'value="3"']],
])('shows all that stands in %j', (node, shown) => {
  const { html, changed } = drawNode(node);
  for (const text of shown) expect(html).toContain(text);
  expect(changed).toBe(0);
});

it.each(examples)('shows every node of %s', (_name, text) => {
  const journey = JSON.parse(text) as Journey;
  for (const node of Object.values(journey.nodes ?? {})) expect(drawNode(node, journey).changed).toBe(0);
});

const part = (journey: Journey): PartProps => ({ journey, change: () => expect.unreachable(), put: () => expect.unreachable() });

it.each(Object.values(BLANK_TRIGGERS))('shows the trigger $kind', (trigger: Trigger) => {
  const journey: Journey = { ...empty, trigger };
  expect(draw(<TriggerForm {...part(journey)} edit={() => expect.unreachable()} />, journey)).not.toMatch(/undefined|\[object|NaN/);
});

it('shows a journey’s own settings', () => {
  const journey: Journey = {
    ...empty, description: 'About it', entry: { when: { segment: 'vip', op: 'member' }, grace: 'PT2H', reentry: { mode: 'after_exit', not_within: 'P6D' }, at_most: 500 },
    exits: [{ event: 'Cancelled', reason: 'gone' }, { when: { attribute: 'plan', op: 'is', value: 'free' } }], goals: [{ name: 'bought', event: 'Order', value: 'properties.total', within: 'P8D' }],
    settings: { timezone: 'Europe/Berlin', quiet_hours: { from: '21:30', to: '07:30', policy: 'skip' }, holidays: { calendar: 'DE-BY', dates: ['2026-12-24'] }, holdout_percent: 7, utm: { source: 'letters', medium: 'mail', campaign: 'spring' }, exit_on_unsubscribe: true, visit_limit: 55 },
  };
  const html = [<EntryForm key="1" {...part(journey)} />, <ExitsForm key="2" {...part(journey)} />, <GoalsForm key="3" {...part(journey)} />, <SettingsForm key="4" {...part(journey)} />].map((element) => draw(element, journey)).join('');
  for (const text of ['About it', 'vip', 'value="6"', '500', 'Cancelled', 'gone', 'free', 'bought', 'properties.total', 'value="8"', 'Europe/Berlin', '21:30', '07:30', 'DE-BY', '2026-12-24', '7 %', '55']) expect(html).toContain(text);
});

it('asks in a segment only what can be asked of contacts, and shows what is there all the same', () => {
  const html = draw(<RuleBuilder condition={{ any: [{ attribute: 'plan', op: 'in', value: ['pro', 'team'] }, { none: [{ event: 'Order', measure: 'count', op: 'gte', value: 3, within: 'P30D' }] }] }} change={() => expect.unreachable()} scope={{ journey: null }} />, empty);
  for (const text of ['plan', 'pro', 'team', 'Order', 'value="3"', 'value="30"']) expect(html).toContain(text);
});
