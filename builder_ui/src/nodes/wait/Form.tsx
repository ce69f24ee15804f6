import { Group, Stack, Text } from '@mantine/core';

import { ChoiceField, SwitchField, YesNoField } from '../../fields/ChoiceField';
import { DurationField } from '../../fields/DurationField';
import { NameSelect } from '../../fields/NameSelect';
import { NumberField } from '../../fields/NumberField';
import { OffsetField } from '../../fields/OffsetField';
import { TimeField, WeekdaysField } from '../../fields/TimeField';
import { write } from '../../fields/write';
import type { Until, UntilBestHour, UntilDate, UntilTime, UntilWindow, WaitNode } from '../../generated/journey';
import { words } from '../../words/language';
import { isFieldPath } from '../parts/EventFields';
import { TroubleField } from '../parts/TroubleField';
import type { FormProps } from '../types';
import { BEST_HOUR } from './bestHour';

const says = words({
  en: {
    how: 'Wait', for: 'for a while', time: 'until a time of day', window: 'until a window is open', best: 'for the contact’s best hour', date: 'until a date of the contact', long: 'How long', longMore: 'A day keeps the time of day; 24 hours are exact.',
    at: 'At', zone: 'In each contact’s own zone.', ahead: 'Days ahead', aheadMore: '0: today, if the time is still to come. 1: tomorrow at the earliest.', holidays: 'Not on holidays', late: 'If that time has passed on the day of arrival, go on at once',
    from: 'Opens', to: 'Closes', toMore: 'Earlier than it opens: it spans midnight.', attribute: 'Date attribute', wrong: 'Names joined by dots', offset: 'Before or after it', atDate: 'At this time', atMore: 'Empty: at the date’s own time, or as the day begins.', missing: 'If there is no such date',
    whose: 'Whose hour', own: 'The contact’s own', everybody: 'Everybody’s', bestMore: 'The hour in which the contact opened or clicked most letters in the last 90 days, without scanners and prefetching. With fewer than five, everybody’s hour.', everybodyMore: 'The hour in which all contacts together read most, each by their own clock.', within: 'Only between', and: 'and', withinMore: 'Empty: at any hour. One of the whole hours between the two is chosen.', fallback: 'If nobody knows', fallbackMore: 'Taken while too few letters were read.',
  },
  de: {
    how: 'Warten', for: 'eine Zeit lang', time: 'bis zu einer Uhrzeit', window: 'bis ein Zeitfenster offen ist', best: 'auf die beste Stunde des Kontakts', date: 'bis zu einem Datum des Kontakts', long: 'Wie lange', longMore: 'Ein Tag behält die Uhrzeit; 24 Stunden sind genau.',
    at: 'Um', zone: 'In der Zeitzone jedes Kontakts.', ahead: 'Tage voraus', aheadMore: '0: heute, wenn die Zeit noch kommt. 1: frühestens morgen.', holidays: 'Nicht an Feiertagen', late: 'Ist diese Zeit am Tag der Ankunft schon vorbei, gleich weitergehen',
    from: 'Öffnet', to: 'Schließt', toMore: 'Früher als die Öffnung: über Mitternacht.', attribute: 'Datumsattribut', wrong: 'Namen mit Punkten dazwischen', offset: 'Davor oder danach', atDate: 'Um diese Zeit', atMore: 'Leer: zur Zeit des Datums, oder wenn der Tag beginnt.', missing: 'Wenn es kein solches Datum gibt',
    whose: 'Wessen Stunde', own: 'Die des Kontakts', everybody: 'Die aller', bestMore: 'Die Stunde, in der der Kontakt in den letzten 90 Tagen die meisten Briefe öffnete oder anklickte, ohne Scanner und Vorablader. Bei weniger als fünf die Stunde aller.', everybodyMore: 'Die Stunde, in der alle Kontakte zusammen am meisten lesen, jeder nach seiner Uhr.', within: 'Nur zwischen', and: 'und', withinMore: 'Leer: zu jeder Stunde. Gewählt wird unter den ganzen Stunden dazwischen.', fallback: 'Wenn es niemand weiß', fallbackMore: 'Gilt, solange zu wenige Briefe gelesen wurden.',
  },
});

type Way = 'for' | 'time' | 'window' | 'best' | 'date';

function readWay({ until }: WaitNode): Way {
  if (!until) return 'for';
  if ('best_hour' in until) return 'best';
  return 'attribute' in until ? 'date' : 'from' in until ? 'window' : 'time';
}

/** The node waiting otherwise. What a date alone may have is there with a date alone. */
function begin(node: WaitNode, way: Way): WaitNode {
  const { for: _for, until: _until, on_missing: _missing, ...rest } = node;
  switch (way) {
    case 'for':
      return { ...rest, for: 'P1D' };
    case 'time':
      return { ...rest, until: { at: '09:00' } };
    case 'window':
      return { ...rest, until: { from: '09:00', to: '17:00' } };
    case 'best':
      return { ...rest, until: BEST_HOUR };
    case 'date':
      return { ...rest, until: { attribute: 'renews_on' }, on_missing: 'exit' };
    default:
      return way satisfies never;
  }
}

export function WaitForm({ node, change }: FormProps<'wait'>) {
  const way = readWay(node);
  const { until } = node;
  const put = (next: Until, field?: string) => change({ ...node, until: next }, field);
  return (
    <Stack gap="sm">
      <ChoiceField label={says.how} value={way} change={(next) => next !== way && change(begin(node, next))} choices={[{ value: 'for', label: says.for }, { value: 'time', label: says.time }, { value: 'window', label: says.window }, { value: 'best', label: says.best }, { value: 'date', label: says.date }]} />
      {!until && <DurationField label={says.long} description={says.longMore} value={node.for} change={(length) => change(write(node, 'for', length), 'for')} />}
      {until && 'attribute' in until && <DateFields until={until} put={put} />}
      {until && 'best_hour' in until && <BestHourFields until={until} put={put} />}
      {until && !('best_hour' in until) && 'from' in until && <WindowFields until={until} put={put} />}
      {until && 'at' in until && !('attribute' in until) && <TimeFields until={until} put={put} />}
      {until && 'attribute' in until && <TroubleField label={says.missing} value={node.on_missing} usual={null} choices={['exit']} change={(next) => change(write(node, 'on_missing', next as WaitNode['on_missing'] | undefined))} />}
    </Stack>
  );
}

function TimeFields({ until, put }: { readonly until: UntilTime; readonly put: (until: Until, field?: string) => void }) {
  return (
    <>
      <TimeField label={says.at} description={says.zone} value={until.at} change={(at) => at && put({ ...until, at }, 'at')} />
      <WeekdaysField value={until.weekdays} change={(days) => put(write(until, 'weekdays', days))} />
      <NumberField label={says.ahead} description={says.aheadMore} min={0} max={366} value={until.days_ahead ?? 0} change={(n) => put(write(until, 'days_ahead', n || undefined), 'days_ahead')} />
      <YesNoField label={says.holidays} value={until.skip_holidays} change={(next) => put(write(until, 'skip_holidays', next))} />
      <YesNoField label={says.late} value={until.same_day_if_late} change={(next) => put(write(until, 'same_day_if_late', next))} />
    </>
  );
}

function WindowFields({ until, put }: { readonly until: UntilWindow; readonly put: (until: Until, field?: string) => void }) {
  return (
    <>
      <TimeField label={says.from} description={says.zone} value={until.from} change={(from) => from && put({ ...until, from }, 'from')} />
      <TimeField label={says.to} description={says.toMore} value={until.to} change={(to) => to && put({ ...until, to }, 'to')} />
      <WeekdaysField value={until.weekdays} change={(days) => put(write(until, 'weekdays', days))} />
      <YesNoField label={says.holidays} value={until.skip_holidays} change={(next) => put(write(until, 'skip_holidays', next))} />
    </>
  );
}

function BestHourFields({ until, put }: { readonly until: UntilBestHour; readonly put: (until: Until, field?: string) => void }) {
  const within = (from: string | undefined, to: string | undefined) => {
    const { from: _from, to: _to, ...rest } = until;
    // Both or neither: one that is taken out takes the other along, one that comes brings the usual other.
    const isGone = (from === undefined && until.from !== undefined) || (to === undefined && until.to !== undefined);
    put(isGone ? rest : { ...rest, from: from ?? '08:00', to: to ?? '21:00' });
  };
  return (
    <>
      <SwitchField label={says.whose} description={until.best_hour === 'contact' ? says.bestMore : says.everybodyMore} value={until.best_hour} change={(best_hour) => put({ ...until, best_hour })} choices={[{ value: 'contact', label: says.own }, { value: 'everybody', label: says.everybody }]} />
      <div>
        <Group gap="xs" grow wrap="nowrap" align="flex-start">
          <TimeField label={says.within} isOptional value={until.from} change={(from) => within(from, until.to)} />
          <TimeField label={says.and} isOptional value={until.to} change={(to) => within(until.from, to)} />
        </Group>
        <Text fz={11} c="dimmed" mt={4}>{says.withinMore}</Text>
      </div>
      <TimeField label={says.fallback} description={says.fallbackMore} value={until.fallback ?? '10:00'} change={(fallback) => fallback && put(write(until, 'fallback', fallback === '10:00' ? undefined : fallback), 'fallback')} />
      <WeekdaysField value={until.weekdays} change={(days) => put(write(until, 'weekdays', days))} />
      <YesNoField label={says.holidays} value={until.skip_holidays} change={(next) => put(write(until, 'skip_holidays', next))} />
    </>
  );
}

function DateFields({ until, put }: { readonly until: UntilDate; readonly put: (until: Until, field?: string) => void }) {
  return (
    <>
      <NameSelect label={says.attribute} kind="date" value={until.attribute} check={(text) => (isFieldPath(text) ? null : says.wrong)} change={(attribute) => put({ ...until, attribute }, 'attribute')} />
      <OffsetField label={says.offset} value={until.offset} change={(offset) => put(write(until, 'offset', offset), 'offset')} />
      <TimeField label={says.atDate} description={says.atMore} isOptional value={until.at} change={(at) => put(write(until, 'at', at), 'until.at')} />
    </>
  );
}
