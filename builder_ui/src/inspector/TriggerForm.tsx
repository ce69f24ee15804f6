import { Stack } from '@mantine/core';

import { ChoiceField, SwitchField } from '../fields/ChoiceField';
import { DurationField } from '../fields/DurationField';
import { ELAPSED } from '../fields/duration';
import { NamesField, NameSelect } from '../fields/NameSelect';
import { OffsetField } from '../fields/OffsetField';
import { TimeField } from '../fields/TimeField';
import { SCALARS, ValueField } from '../fields/ValueField';
import { write } from '../fields/write';
import type { Trigger } from '../generated/journey';
import type { EditStep } from '../graph/edit/steps';
import { TRIGGER } from '../graph/paths';
import { EventFields, isFieldPath, PathField } from '../nodes/parts/EventFields';
import { WhereField } from '../rules/WhereField';
import { words } from '../words/language';
import { Section, type PartProps } from './parts';
import { RecordFields } from './RecordFields';
import { ScheduleFields } from './ScheduleFields';
import { BLANK_TRIGGERS, TRIGGER_NAMES } from './triggers';
import { TargetSelect } from './WaysFields';

const says = words({
  en: {
    trigger: 'Trigger', kind: 'What lets people in', start: 'Begins at', key: 'One enrollment for each', keyMore: 'Such as properties.cart_id: two carts, two enrollments. Empty: one for each contact.',
    after: 'After this event', without: 'If this does not follow', within: 'Within', no: 'What is missing', any: 'any activity', some: 'certain events', events: 'Events', for: 'Silent for', segment: 'Segment', change: 'The contact', entered: 'enters it', left: 'leaves it',
    attribute: 'Attribute', wrong: 'Names joined by dots', from: 'From', to: 'To', whatever: 'whatever', value: 'a value', fromValue: 'Value before', toValue: 'Value after', date: 'Date attribute', offset: 'Before or after it', at: 'At', atMore: 'In each contact’s own zone.',
    repeat: 'How often', never: 'once', yearly: 'every year', monthly: 'every month', leap: '29 February in other years', feb_28: 'on 28 February', mar_1: 'on 1 March', skip: 'not at all', channel: 'By', anyChannel: 'whatever channel', email: 'e-mail', sms: 'text', fromJourneys: 'Only by these journeys', fromMore: 'Empty: by any.',
    manual: 'People are let in on the page of contacts, or by a call.', api: 'Another system lets people in with a call to the interface.',
  },
  de: {
    trigger: 'Auslöser', kind: 'Was Personen einlässt', start: 'Beginnt bei', key: 'Ein Durchgang je', keyMore: 'Etwa properties.cart_id: zwei Warenkörbe, zwei Durchgänge. Leer: einer je Kontakt.',
    after: 'Nach diesem Ereignis', without: 'Wenn dies nicht folgt', within: 'Binnen', no: 'Was ausbleibt', any: 'jede Aktivität', some: 'bestimmte Ereignisse', events: 'Ereignisse', for: 'Still seit', segment: 'Segment', change: 'Der Kontakt', entered: 'kommt hinein', left: 'verlässt es',
    attribute: 'Attribut', wrong: 'Namen mit Punkten dazwischen', from: 'Von', to: 'Auf', whatever: 'egal', value: 'ein Wert', fromValue: 'Wert davor', toValue: 'Wert danach', date: 'Datumsattribut', offset: 'Davor oder danach', at: 'Um', atMore: 'In der Zeitzone jedes Kontakts.',
    repeat: 'Wie oft', never: 'einmal', yearly: 'jedes Jahr', monthly: 'jeden Monat', leap: 'Der 29. Februar in anderen Jahren', feb_28: 'am 28. Februar', mar_1: 'am 1. März', skip: 'gar nicht', channel: 'Per', anyChannel: 'egal welchem Kanal', email: 'E-Mail', sms: 'SMS', fromJourneys: 'Nur durch diese Journeys', fromMore: 'Leer: durch jede.',
    manual: 'Personen werden auf der Seite der Kontakte eingelassen oder durch einen Aufruf.', api: 'Ein anderes System lässt Personen mit einem Aufruf der Schnittstelle ein.',
  },
});

type Change = (trigger: Trigger, field?: string) => void;

/** What lets people in, and where they begin. */
export function TriggerForm({ journey, put, change: changeJourney, edit }: PartProps & { readonly edit: (step: EditStep) => void }) {
  const { trigger } = journey;
  const change: Change = (next, field) => changeJourney({ trigger: next }, field && `trigger/${field}`);
  const turn = (kind: Trigger['kind']) => put(write({ ...journey, trigger: BLANK_TRIGGERS[kind] }, 'subject', kind === 'record' ? 'record' : undefined));
  return (
    <Section title={says.trigger}>
      <ChoiceField label={says.kind} value={trigger.kind} change={(kind) => kind !== trigger.kind && turn(kind)} choices={Object.keys(TRIGGER_NAMES).map((kind) => ({ value: kind as Trigger['kind'], label: TRIGGER_NAMES[kind as Trigger['kind']] }))} />
      <Fields trigger={trigger} change={change} />
      <TargetSelect journey={journey} label={says.start} way={{ node: TRIGGER, at: [] }} target={journey.start ?? null} edit={edit} />
    </Section>
  );
}

function Fields({ trigger, change }: { readonly trigger: Trigger; readonly change: Change }) {
  switch (trigger.kind) {
    case 'event':
      return <><EventFields match={trigger} hasKey={false} change={change} /><EntryKey trigger={trigger} change={change} /></>;
    case 'absence':
      return (
        <>
          <EventFields label={says.after} match={trigger.after} hasKey={false} change={(after, field) => change({ ...trigger, after }, field && `after/${field}`)} />
          <EventFields label={says.without} match={trigger.without} hasKey change={(without, field) => change({ ...trigger, without }, field && `without/${field}`)} />
          <DurationField label={says.within} units={ELAPSED} value={trigger.within} change={(within) => within && change({ ...trigger, within }, 'within')} />
          <EntryKey trigger={trigger} change={change} />
        </>
      );
    case 'inactivity':
      return (
        <>
          <DurationField label={says.for} units={ELAPSED} value={trigger.for} change={(length) => length && change({ ...trigger, for: length }, 'for')} />
          <SwitchField label={says.no} value={trigger.no === 'any' ? 'any' : 'some'} change={(next) => (next === 'any') !== (trigger.no === 'any') && change({ ...trigger, no: next === 'any' ? 'any' : [''] })} choices={[{ value: 'any', label: says.any }, { value: 'some', label: says.some }]} />
          {trigger.no !== 'any' && <NamesField label={says.events} kind="event" value={trigger.no.filter(Boolean)} change={(names) => change({ ...trigger, no: names.length > 0 ? names : [''] })} />}
        </>
      );
    case 'segment':
      return (
        <>
          <NameSelect label={says.segment} kind="segment" value={trigger.segment} change={(segment) => change({ ...trigger, segment }, 'segment')} />
          <SwitchField label={says.change} value={trigger.change} change={(next) => change({ ...trigger, change: next })} choices={[{ value: 'entered', label: says.entered }, { value: 'left', label: says.left }]} />
        </>
      );
    case 'attribute':
      return (
        <>
          <NameSelect label={says.attribute} kind="attribute" value={trigger.attribute} check={(text) => (isFieldPath(text) ? null : says.wrong)} change={(attribute) => change({ ...trigger, attribute }, 'attribute')} />
          <Side label={says.from} valueLabel={says.fromValue} value={trigger.from} change={(from) => change(write(trigger, 'from', from), 'from')} />
          <Side label={says.to} valueLabel={says.toValue} value={trigger.to} change={(to) => change(write(trigger, 'to', to), 'to')} />
        </>
      );
    case 'date':
      return (
        <>
          <NameSelect label={says.date} kind="date" value={trigger.attribute} check={(text) => (isFieldPath(text) ? null : says.wrong)} change={(attribute) => change({ ...trigger, attribute }, 'attribute')} />
          <OffsetField label={says.offset} value={trigger.offset} change={(offset) => change(write(trigger, 'offset', offset), 'offset')} />
          <TimeField label={says.at} description={says.atMore} isOptional value={trigger.at} change={(at) => change(write(trigger, 'at', at), 'at')} />
          <ChoiceField label={says.repeat} value={trigger.repeat ?? 'never'} change={(repeat) => change(write(trigger, 'repeat', repeat === 'never' ? undefined : repeat))} choices={(['never', 'yearly', 'monthly'] as const).map((value) => ({ value, label: says[value] }))} />
          {trigger.repeat === 'yearly' && <ChoiceField label={says.leap} value={trigger.leap_day ?? 'feb_28'} change={(leap) => change(write(trigger, 'leap_day', leap === 'feb_28' ? undefined : leap))} choices={(['feb_28', 'mar_1', 'skip'] as const).map((value) => ({ value, label: says[value] }))} />}
        </>
      );
    case 'message':
      return (
        <>
          <ChoiceField label={says.channel} value={trigger.channel ?? 'any'} change={(channel) => change(write(trigger, 'channel', channel === 'any' ? undefined : channel))} choices={[{ value: 'any', label: says.anyChannel }, { value: 'email', label: says.email }, { value: 'sms', label: says.sms }]} />
          <WhereField event="Message Received" value={trigger.where} change={(where) => change(write(trigger, 'where', where))} />
        </>
      );
    case 'record':
      return <RecordFields trigger={trigger} change={change} />;
    case 'schedule':
      return <ScheduleFields trigger={trigger} change={change} />;
    case 'journey':
      return (
        <>
          <NamesField label={says.fromJourneys} description={says.fromMore} kind="journey" value={trigger.from ?? []} change={(from) => change(write(trigger, 'from', from.length > 0 ? from : undefined))} />
          <EntryKey trigger={trigger} change={change} />
        </>
      );
    case 'manual':
      return <Said>{says.manual}</Said>;
    case 'api':
      return <Said>{says.api}</Said>;
    default:
      return trigger satisfies never;
  }
}

function Said({ children }: { readonly children: string }) {
  return <Stack fz="xs" c="dimmed">{children}</Stack>;
}

type Keyed = Extract<Trigger, { readonly kind: 'event' | 'absence' | 'journey' }>;

function EntryKey({ trigger, change }: { readonly trigger: Keyed; readonly change: Change }) {
  return <PathField label={says.key} description={says.keyMore} value={trigger.entry_key} change={(key) => change(write(trigger, 'entry_key', key), 'entry_key')} />;
}

/** Whatever it was, or a certain value; empty is a value, too. */
function Side({ label, valueLabel, value, change }: { readonly label: string; readonly valueLabel: string; readonly value: unknown; readonly change: (value: unknown) => void }) {
  return (
    <>
      <SwitchField label={label} value={value === undefined ? 'whatever' : 'value'} change={(next) => (next === 'value') !== (value !== undefined) && change(next === 'value' ? '' : undefined)} choices={[{ value: 'whatever', label: says.whatever }, { value: 'value', label: says.value }]} />
      {value !== undefined && <ValueField isLabelHidden label={valueLabel} kinds={[...SCALARS, 'list', 'object']} value={value} change={change} />}
    </>
  );
}
