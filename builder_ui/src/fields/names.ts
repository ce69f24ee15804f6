// What a picker of names offers: what the instance knows, and what the journey itself names.
import type { Journey } from '../generated/journey';
import { listNodes } from '../graph/paths';
import { sayAgo, sayNumber } from '../words/formats';
import { words } from '../words/language';
import type { Names } from './asks';

const says = words({
  en: {
    recent: (n: string, of: string, ago: string) => `${n} of the latest ${of} · ${ago}`, any: 'whatever the contact does itself', tag: 'tags', score: 'score',
    channels: { email: 'e-mail', sms: 'text', push: 'push' } as Readonly<Record<string, string>>, explicit: 'only who said yes', implied: 'who did not say no',
    kinds: { text: 'text', number: 'number', boolean: 'yes or no', date: 'date', list: 'list', object: 'object', null: 'empty' } as Readonly<Record<string, string>>,
    own: 'of the contact itself', answer: 'filled in by a colleague', saved: 'saved from an answer', here: 'of this journey',
  },
  de: {
    recent: (n: string, of: string, ago: string) => `${n} der letzten ${of} · ${ago}`, any: 'was auch immer der Kontakt selbst tut', tag: 'Schlagwörter', score: 'Punktestand',
    channels: { email: 'E-Mail', sms: 'SMS', push: 'Push' }, explicit: 'nur wer zugestimmt hat', implied: 'wer nicht abgelehnt hat',
    kinds: { text: 'Text', number: 'Zahl', boolean: 'ja oder nein', date: 'Datum', list: 'Liste', object: 'Objekt', null: 'leer' },
    own: 'des Kontakts selbst', answer: 'von einem Kollegen ausgefüllt', saved: 'aus einer Antwort gesichert', here: 'dieser Journey',
  },
});

/** A name to choose, with what is known of it. */
export type Option = { readonly value: string; readonly more: string; readonly kinds?: readonly string[] };
/** What sort of name a field wants. */
export type NameKind =
  | 'event' | 'property' | 'attribute' | 'date' | 'segment' | 'topic' | 'template' | 'email' | 'sms' | 'push' | 'endpoint' | 'sender' | 'journey' | 'started' | 'record' | 'state' | 'field'
  | 'node' | 'letter' | 'goal' | 'tag' | 'score' | 'trigger' | 'context' | 'subject' | 'hole' | 'variable' | 'colleague' | 'told' | 'entry_key';

type Known = { readonly name: string; readonly kinds: readonly string[] };
type Kept = { readonly key: string; readonly name: string; readonly kind: string };

/** The names of a kind; `of` narrows them: the event of a property, the type of a record's field, the template of a variable. */
export function listOptions(kind: NameKind, names: Names | undefined, journey: Journey | null, of = '', now = Date.now()): readonly Option[] {
  switch (kind) {
    case 'event':
      return (names?.events ?? []).map(({ name, recent, last_at }) => ({ value: name, more: says.recent(sayNumber(recent), sayNumber(names?.looked_at ?? 0), sayAgo(last_at, now)) }));
    case 'property':
      return known(names?.events.find(({ name }) => name === of)?.properties);
    case 'attribute':
      return [...known(names?.attributes), { value: 'tags', more: says.tag, kinds: ['list'] }, ...(names?.scores ?? []).map((name) => ({ value: `scores.${name}`, more: says.score, kinds: ['number'] }))];
    case 'date':
      return known(names?.attributes).filter(({ kinds = [] }) => kinds.includes('date'));
    case 'segment':
      return kept(names?.segments);
    case 'topic':
      return (names?.topics ?? []).map(({ key, name, kind: optIn }) => ({ value: key, more: join(name, key, optIn === 'implied' ? says.implied : says.explicit) }));
    case 'template':
      return (names?.templates ?? []).map(({ key, name, kind: channel }) => ({ value: key, more: join(name, key, says.channels[channel] ?? channel) }));
    case 'email':
    case 'sms':
    case 'push':
      return kept(names?.templates.filter((template) => template.kind === kind));
    case 'variable':
      return listVariables(names, of).map((value) => ({ value, more: '' }));
    case 'endpoint':
      return kept(names?.endpoints);
    case 'sender':
      return kept(names?.senders);
    case 'journey':
      return kept(names?.journeys);
    case 'started':
      return kept(names?.journeys.filter((other) => other.kind === 'journey'));
    case 'record':
      return (names?.records ?? []).map(({ type, states }) => ({ value: type, more: states.join(', ') }));
    case 'state':
      return (names?.records.find(({ type }) => type === of)?.states ?? []).map((value) => ({ value, more: '' }));
    case 'field':
      return known(names?.records.find(({ type }) => type === of)?.fields);
    case 'tag':
      return (names?.tags ?? []).map((value) => ({ value, more: '' }));
    case 'score':
      return (names?.scores ?? []).map((value) => ({ value, more: '' }));
    case 'node':
      return (journey ? listNodes(journey) : []).map(([value]) => ({ value, more: '' }));
    case 'letter':
      return (journey ? listNodes(journey) : []).flatMap(([value, node]) => {
        if (node.kind === 'send_first') return [{ value, more: node.tries.map(({ template }) => template).join(', ') }];
        return node.kind === 'send_email' || node.kind === 'send_sms' || node.kind === 'send_push' ? [{ value, more: node.template }] : [];
      });
    case 'goal':
      return (journey?.goals ?? []).map(({ name }) => ({ value: name, more: says.here }));
    case 'trigger':
      return listTrigger(names, journey);
    case 'context':
      return journey ? listContext(journey) : [];
    case 'subject':
      return listSubject(names, journey);
    case 'entry_key':
      return listTrigger(names, journey);
    case 'hole':
      return listHoles(names, journey);
    case 'told':
      return [...listOptions('colleague', names, journey, of), ...(names?.chats ?? []).map((name) => ({ value: `chat:${name}`, more: '' }))];
    case 'colleague':
      return ['owner', 'role:publisher', 'role:admin', 'role:editor'].map((value) => ({ value, more: '' }));
    default:
      return kind satisfies never;
  }
}

/** What a template fills in that the contact and the product do not bring along. */
export function listVariables(names: Names | undefined, template: string): readonly string[] {
  const all = names?.templates.find(({ key }) => key === template)?.names ?? [];
  return all.filter((name) => !name.includes('[') && !name.endsWith('_url') && !name.startsWith('contact.') && !name.startsWith('sender.'));
}

/** The kinds of value that a name was seen with; empty if nobody knows. */
export function listKinds(options: readonly Option[], name: string): readonly string[] {
  return options.find(({ value }) => value === name)?.kinds ?? [];
}

function known(several: readonly Known[] | undefined): readonly Option[] {
  return (several ?? []).map(({ name, kinds }) => ({ value: name, more: kinds.map((kind) => says.kinds[kind] ?? kind).join(', '), kinds }));
}

function kept(several: readonly Kept[] | undefined): readonly Option[] {
  return (several ?? []).map(({ key, name }) => ({ value: key, more: name === key ? '' : name }));
}

function join(name: string, key: string, more: string): string {
  return name === key ? more : `${name} · ${more}`;
}

/** The events that may have let the subject in. */
function listEvents(journey: Journey): readonly string[] {
  const { trigger } = journey;
  if (trigger.kind === 'event') return [trigger.event];
  return trigger.kind === 'absence' ? [trigger.after.event] : [];
}

function listTrigger(names: Names | undefined, journey: Journey | null): readonly Option[] {
  const events = journey ? listEvents(journey) : [];
  return events.flatMap((event) => listOptions('property', names, journey, event)).map((option) => ({ ...option, value: `properties.${option.value}` }));
}

function listContext(journey: Journey): readonly Option[] {
  return listNodes(journey).flatMap(([key, node]): Option[] => {
    if (node.kind === 'webhook') return Object.keys(node.save ?? {}).map((value) => ({ value, more: `${says.saved}: ${key}` }));
    if (node.kind === 'ask') return (node.form ?? []).map(({ name }) => ({ value: `${key}.${name}`, more: says.answer }));
    return [];
  });
}

function listSubject(names: Names | undefined, journey: Journey | null): readonly Option[] {
  if (journey?.trigger.kind !== 'record') return [];
  return [...['state', 'type', 'key'].map((value) => ({ value, more: '', kinds: ['text'] })), ...listOptions('field', names, journey, journey.trigger.type)];
}

const OWN = ['email', 'phone', 'timezone', 'id', 'created_at'];

/** Everything that a hole may be filled from. */
function listHoles(names: Names | undefined, journey: Journey | null): readonly Option[] {
  const under = (root: string, several: readonly Option[]) => several.map((option) => ({ ...option, value: `${root}.${option.value}` }));
  return [
    ...under('trigger', listTrigger(names, journey)),
    ...under('context', journey ? listContext(journey) : []),
    ...under('subject', listSubject(names, journey)),
    ...under('contact', OWN.map((value) => ({ value, more: says.own }))),
    ...under('contact', known(names?.attributes)),
    { value: 'entry_key', more: '' },
    { value: 'enrollment.entered_at', more: '' },
    { value: 'journey.key', more: '' },
  ];
}
