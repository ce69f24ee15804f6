import { Stack } from '@mantine/core';

import { ChoiceField, SwitchField } from '../../fields/ChoiceField';
import { DurationField } from '../../fields/DurationField';
import { ELAPSED } from '../../fields/duration';
import { NameSelect } from '../../fields/NameSelect';
import { unlessEmpty, write } from '../../fields/write';
import type { Gates, SendEmailNode, SendPushNode, SendSmsNode } from '../../generated/journey';
import { More } from '../../inspector/parts';
import { words } from '../../words/language';
import { DataField } from './DataField';
import { TemplatePreview } from './TemplatePreview';
import { TroubleField } from './TroubleField';

const says = words({
  en: {
    template: 'Template', topic: 'Topic', topicMore: 'The kind of message that contacts can refuse.', class: 'Class', marketing: 'Marketing', transactional: 'Transactional', transactionalMore: 'Something the contact expects, such as a receipt. Goes out whatever they chose.', marketingMore: 'Only to those who may be written to about its topic.',
    data: 'Values for the template', dataMore: 'Beside the contact’s own attributes.', quiet: 'In quiet hours', hold: 'Hold it back until they are over', skip: 'Skip it', ignore: 'Send it all the same',
    onCap: 'Over a sending limit', asLimit: 'As the limit says', capSkip: 'Skip it', capHold: 'Hold it back until there is room', capExit: 'Skip it and leave the journey', holdFor: 'At most', holdForMore: 'At most 7 days. If there will be no room in that time, it is skipped at once.', once: 'To one contact', onceAny: 'As often as the journey comes here', onceNode: 'Once from this step', onceJourney: 'This template once from this journey', onceTemplate: 'This template once, from any journey', onceMore: 'A second one is skipped, whenever and by which way it comes.',
    expires: 'Skip it when held longer than', unknown: 'If nobody knows whether it left', usual: 'As usual: resend transactional e-mail and pushes', resend: 'Send it again', no_resend: 'Do not send it again',
    on_skip: 'If it may not be sent', on_skipMore: 'No consent, suppressed, held too long … Anything but going on waits for the outcome.', on_error: 'If it cannot be sent', on_errorMore: 'It could not be made, or the provider refused it.',
  },
  de: {
    template: 'Vorlage', topic: 'Thema', topicMore: 'Die Art Nachricht, die Kontakte ablehnen können.', class: 'Klasse', marketing: 'Marketing', transactional: 'Transaktional', transactionalMore: 'Etwas, das der Kontakt erwartet, etwa eine Rechnung. Geht immer hinaus.', marketingMore: 'Nur an die, denen zu diesem Thema geschrieben werden darf.',
    data: 'Werte für die Vorlage', dataMore: 'Neben den Attributen des Kontakts.', quiet: 'In Ruhezeiten', hold: 'Zurückhalten, bis sie vorbei sind', skip: 'Auslassen', ignore: 'Trotzdem senden',
    onCap: 'Über einer Sendegrenze', asLimit: 'Wie die Grenze sagt', capSkip: 'Auslassen', capHold: 'Zurückhalten, bis wieder Platz ist', capExit: 'Auslassen und die Journey verlassen', holdFor: 'Höchstens', holdForMore: 'Höchstens 7 Tage. Wird in dieser Zeit kein Platz, so wird sie sofort ausgelassen.', once: 'An einen Kontakt', onceAny: 'So oft die Journey hierher kommt', onceNode: 'Einmal von diesem Schritt', onceJourney: 'Diese Vorlage einmal aus dieser Journey', onceTemplate: 'Diese Vorlage einmal, aus jeder Journey', onceMore: 'Eine zweite wird ausgelassen, wann und auf welchem Weg sie auch kommt.',
    expires: 'Auslassen, wenn länger zurückgehalten als', unknown: 'Wenn niemand weiß, ob sie hinausging', usual: 'Wie üblich: transaktionale E-Mails und Push erneut', resend: 'Erneut senden', no_resend: 'Nicht erneut senden',
    on_skip: 'Wenn sie nicht gesendet werden darf', on_skipMore: 'Keine Einwilligung, gesperrt, zu lange gehalten … Alles außer Weitergehen wartet auf den Ausgang.', on_error: 'Wenn sie nicht gesendet werden kann', on_errorMore: 'Sie ließ sich nicht erstellen, oder der Anbieter nahm sie nicht an.',
  },
});

type Sending = SendEmailNode | SendPushNode | SendSmsNode;
const CHANNEL = { send_email: 'email', send_sms: 'sms', send_push: 'push' } as const;

/** How long something is held is said only of what is held. */
function capped(gates: Gates, next: 'limit' | 'skip' | 'hold' | 'exit'): Gates {
  const chosen = write(gates, 'on_cap', next === 'limit' ? undefined : next);
  return next === 'hold' ? chosen : write(chosen, 'hold_for', undefined);
}

/** A letter, a text or a push: what is sent, about what, and what if it may not leave. */
export function MessageForm<Node extends Sending>({ node, change }: { readonly node: Node; readonly change: (node: Node, field?: string) => void }) {
  const put = <Field extends keyof Sending>(field: Field, value: Sending[Field] | undefined, typed?: string) => change(write(node as Sending, field, value) as Node, typed);
  const gates = (next: Gates) => put('gates', unlessEmpty(next));
  const { gates: { quiet_hours, on_cap, hold_for, once_per, expires_after, unknown_outcome } = {} } = node;
  const ofClass = node.class ?? 'marketing';
  return (
    <Stack gap="sm">
      <NameSelect label={says.template} kind={CHANNEL[node.kind]} value={node.template} change={(template) => put('template', template, 'template')} />
      <TemplatePreview template={node.template} channel={CHANNEL[node.kind]} />
      <SwitchField label={says.class} description={ofClass === 'marketing' ? says.marketingMore : says.transactionalMore} value={ofClass} change={(next) => put('class', next === 'marketing' ? undefined : next)}
        choices={[{ value: 'marketing', label: says.marketing }, { value: 'transactional', label: says.transactional }]} />
      <NameSelect label={says.topic} description={says.topicMore} kind="topic" value={node.topic ?? ''} change={(topic) => put('topic', topic, 'topic')} />
      <DataField label={says.data} description={says.dataMore} kind="variable" of={node.template} value={node.data} change={(data) => put('data', data, 'data')} />
      <TroubleField label={says.on_skip} description={says.on_skipMore} value={node.on_skip} usual="continue" choices={['continue', 'exit']} change={(next) => put('on_skip', next)} />
      <TroubleField label={says.on_error} description={says.on_errorMore} value={node.on_error} usual="exit" choices={['exit', 'continue']} change={(next) => put('on_error', next)} />
      <More isOpen={node.gates !== undefined}>
        <ChoiceField label={says.quiet} value={quiet_hours ?? 'hold'} change={(next) => gates(write(node.gates ?? {}, 'quiet_hours', next === 'hold' ? undefined : next))}
          choices={[{ value: 'hold', label: says.hold }, { value: 'skip', label: says.skip }, { value: 'ignore', label: says.ignore }]} />
        {ofClass === 'marketing' && <ChoiceField label={says.onCap} value={on_cap ?? 'limit'} change={(next) => gates(capped(node.gates ?? {}, next))}
          choices={[{ value: 'limit', label: says.asLimit }, { value: 'skip', label: says.capSkip }, { value: 'hold', label: says.capHold }, { value: 'exit', label: says.capExit }]} />}
        {ofClass === 'marketing' && on_cap === 'hold' && <DurationField label={says.holdFor} description={says.holdForMore} isOptional units={ELAPSED} value={hold_for} change={(next) => gates(write(node.gates ?? {}, 'hold_for', next))} />}
        <ChoiceField label={says.once} description={once_per === undefined ? undefined : says.onceMore} value={once_per ?? 'any'} change={(next) => gates(write(node.gates ?? {}, 'once_per', next === 'any' ? undefined : next))}
          choices={[{ value: 'any', label: says.onceAny }, { value: 'node', label: says.onceNode }, { value: 'journey', label: says.onceJourney }, { value: 'template', label: says.onceTemplate }]} />
        <DurationField label={says.expires} isOptional units={ELAPSED} value={expires_after} change={(next) => gates(write(node.gates ?? {}, 'expires_after', next))} />
        <ChoiceField label={says.unknown} value={unknown_outcome ?? 'usual'} change={(next) => gates(write(node.gates ?? {}, 'unknown_outcome', next === 'usual' ? undefined : next))}
          choices={[{ value: 'usual', label: says.usual }, { value: 'resend', label: says.resend }, { value: 'no_resend', label: says.no_resend }]} />
      </More>
    </Stack>
  );
}
