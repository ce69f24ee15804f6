// What lets people in, in words.
import type { Trigger } from '../generated/journey';
import { sayAnd, sayFully, sayOr } from '../words/formats';
import { words } from '../words/language';
import { lastName } from './sayCondition';
import { sayDuration, sayOffset } from './sayTimes';

type RecordTrigger = Extract<Trigger, { kind: 'record' }>;

const says = words({
  en: {
    event: (name: string) => `When “${name}” happens`, anybody: 'anybody who does it', each: (key: string) => `once for each ${key}`,
    absence: (after: string, without: string) => `“${after}”, and no “${without}”`, within: (length: string) => `within ${length}`, forEach: (key: string) => `, for each ${key}`,
    silence: (length: string) => `Nothing for ${length}`, noActivity: 'no activity at all', no: (names: string) => `no ${names}`,
    enters: (segment: string) => `Enters the segment “${segment}”`, leaves: (segment: string) => `Leaves the segment “${segment}”`, atOnce: 'at the moment it does',
    changes: (name: string) => `“${name}” changes`, toWhatever: 'to whatever', to: (value: string) => `to ${value}`, from: (value: string) => `from ${value}`,
    quoted: (name: string) => `“${name}”`, on: (date: string) => `On ${date}`, yearly: 'every year', monthly: 'every month', once: 'once', at: (often: string, time: string) => `${often}, at ${time} in their own zone`,
    text: 'A text comes in', letter: 'A letter comes in', message: 'A message comes in', filtered: 'if it is as asked for', fromAnybody: 'from anybody',
    cron: (cron: string) => `On a schedule: ${cron}`, onceAt: (at: string) => `Once, at ${at}`, ownZone: 'each in their own zone',
    journey: 'By another journey', by: (keys: string) => `by ${keys}`, byAny: 'by any that starts it', manual: 'By hand', manualMore: 'a colleague lets people in', api: 'By a call', apiMore: 'another system lets people in',
    record: 'record', byItself: (type: string) => `each ${type} by itself`, created: (type: string) => `A new ${type}`, becomes: (type: string, states: string) => `A ${type} becomes ${states}`, somethingElse: 'something else',
    fieldChanges: (field: string, type: string) => `“${field}” of a ${type} changes`, recordChanges: (type: string) => `A ${type} changes`,
    clock: (type: string, states: string, length: string) => `A ${type}${states ? ` ${states}` : ''} for ${length}`, unchanged: ' without a change',
  },
  de: {
    event: (name: string) => `Wenn „${name}“ geschieht`, anybody: 'wer immer es tut', each: (key: string) => `einmal je ${key}`,
    absence: (after: string, without: string) => `„${after}“, und kein „${without}“`, within: (length: string) => `binnen ${length}`, forEach: (key: string) => `, je ${key}`,
    silence: (length: string) => `Nichts seit ${length}`, noActivity: 'gar keine Aktivität', no: (names: string) => `kein ${names}`,
    enters: (segment: string) => `Kommt in das Segment „${segment}“`, leaves: (segment: string) => `Verlässt das Segment „${segment}“`, atOnce: 'in dem Moment, in dem es geschieht',
    changes: (name: string) => `„${name}“ ändert sich`, toWhatever: 'egal worauf', to: (value: string) => `auf ${value}`, from: (value: string) => `von ${value}`,
    quoted: (name: string) => `„${name}“`, on: (date: string) => `Am Tag ${date}`, yearly: 'jedes Jahr', monthly: 'jeden Monat', once: 'einmal', at: (often: string, time: string) => `${often}, um ${time} in der eigenen Zeitzone`,
    text: 'Eine SMS kommt an', letter: 'Eine E-Mail kommt an', message: 'Eine Nachricht kommt an', filtered: 'wenn sie so ist wie verlangt', fromAnybody: 'von wem auch immer',
    cron: (cron: string) => `Nach Zeitplan: ${cron}`, onceAt: (at: string) => `Einmal, am ${at}`, ownZone: 'alle in ihrer eigenen Zeitzone',
    journey: 'Durch eine andere Journey', by: (keys: string) => `durch ${keys}`, byAny: 'durch jede, die sie startet', manual: 'Von Hand', manualMore: 'ein Kollege lässt Personen ein', api: 'Durch einen Aufruf', apiMore: 'ein anderes System lässt Personen ein',
    record: 'Datensatz', byItself: (type: string) => `je ${type} für sich`, created: (type: string) => `Neu: ${type}`, becomes: (type: string, states: string) => `${type} wird ${states}`, somethingElse: 'etwas anderes',
    fieldChanges: (field: string, type: string) => `„${field}“ von ${type} ändert sich`, recordChanges: (type: string) => `${type} ändert sich`,
    clock: (type: string, states: string, length: string) => `${type}${states ? ` ${states}` : ''} seit ${length}`, unchanged: ' ohne Änderung',
  },
});

/** What lets people in. */
export function sayTrigger(trigger: Trigger): { readonly title: string; readonly more: string } {
  switch (trigger.kind) {
    case 'event':
      return { title: says.event(trigger.event || '…'), more: trigger.entry_key ? says.each(lastName(trigger.entry_key)) : says.anybody };
    case 'absence':
      return {
        title: says.absence(trigger.after.event || '…', trigger.without.event || '…'),
        more: `${says.within(sayDuration(trigger.within, 'bent'))}${trigger.entry_key ? says.forEach(lastName(trigger.entry_key)) : ''}`,
      };
    case 'inactivity':
      return { title: says.silence(sayDuration(trigger.for, 'bent')), more: trigger.no === 'any' ? says.noActivity : says.no([...trigger.no].join(', ')) };
    case 'segment':
      return { title: (trigger.change === 'entered' ? says.enters : says.leaves)(trigger.segment || '…'), more: says.atOnce };
    case 'attribute':
      return { title: says.changes(trigger.attribute), more: sayChange(trigger.from, trigger.to) };
    case 'date':
      return { title: sayDate(trigger), more: sayDateTime(trigger) };
    case 'message':
      return { title: trigger.channel === 'sms' ? says.text : trigger.channel === 'email' ? says.letter : says.message, more: trigger.where ? says.filtered : says.fromAnybody };
    case 'record':
      return { title: sayRecord(trigger), more: says.byItself(trigger.type || says.record) };
    case 'schedule':
      return { title: trigger.cron ? says.cron(trigger.cron) : says.onceAt(sayOnce(trigger.once)), more: trigger.timezone === 'contact' ? says.ownZone : (trigger.timezone ?? 'UTC') };
    case 'journey':
      return { title: says.journey, more: trigger.from?.length ? says.by(trigger.from.join(', ')) : says.byAny };
    case 'manual':
      return { title: says.manual, more: says.manualMore };
    case 'api':
      return { title: says.api, more: says.apiMore };
    default:
      return trigger satisfies never;
  }
}

function sayChange(from: unknown, to: unknown): string {
  const parts = [from === undefined ? '' : says.from(JSON.stringify(from)), to === undefined ? '' : says.to(JSON.stringify(to))].filter(Boolean);
  return parts.length > 0 ? parts.join(' ') : says.toWhatever;
}

function sayOnce(once: string | undefined): string {
  return once === undefined || Number.isNaN(Date.parse(once)) ? (once ?? '…') : sayFully(once);
}

type DateTrigger = Extract<Trigger, { kind: 'date' }>;

function sayDate(trigger: DateTrigger): string {
  const date = says.quoted(lastName(trigger.attribute));
  return trigger.offset ? sayOffset(trigger.offset, date) : says.on(date);
}

function sayDateTime(trigger: DateTrigger): string {
  const often = trigger.repeat === 'yearly' ? says.yearly : trigger.repeat === 'monthly' ? says.monthly : says.once;
  return trigger.at ? says.at(often, trigger.at) : often;
}

function sayRecord(trigger: RecordTrigger): string {
  const record = trigger.type || says.record;
  const { change } = trigger;
  switch (change.kind) {
    case 'created':
      return says.created(record);
    case 'state':
      return says.becomes(record, change.to ? sayOr(change.to) : says.somethingElse);
    case 'changed':
      return change.field ? says.fieldChanges(lastName(change.field), record) : says.recordChanges(record);
    case 'clock':
      return `${says.clock(record, change.state ? sayAnd(change.state) : '', sayDuration(change.after, 'bent'))}${change.without_change ? says.unchanged : ''}`;
    default:
      return change satisfies never;
  }
}
