import { TextInput } from '@mantine/core';

import { ChoiceField } from '../fields/ChoiceField';
import { NumberField } from '../fields/NumberField';
import { useFieldScope } from '../fields/scope';
import { TextField } from '../fields/TextField';
import { TimeField, WEEKDAYS, WeekdaysField, ZoneSelect } from '../fields/TimeField';
import type { ScheduleTrigger } from '../generated/journey';
import { RuleBuilder } from '../rules/RuleBuilder';
import { words } from '../words/language';
import { readCron, type Schedule, writeCron } from './cron';
import { readOnce, writeOnce } from './once';
import { Section } from './parts';

const says = words({
  en: { when: 'When', once: 'once', day: 'every day', week: 'on days of the week', month: 'on a day of the month', cron: 'as cron says', at: 'At', date: 'Day and time', dayOfMonth: 'Day of the month', dayMore: 'Months without it are left out.', text: 'minute hour day month weekday', wrong: 'Five parts, such as 0 9 * * mon', zone: 'On the clock of', audience: 'Whom it is for' },
  de: { when: 'Wann', once: 'einmal', day: 'jeden Tag', week: 'an Wochentagen', month: 'an einem Tag des Monats', cron: 'wie cron sagt', at: 'Um', date: 'Tag und Uhrzeit', dayOfMonth: 'Tag des Monats', dayMore: 'Monate ohne ihn entfallen.', text: 'Minute Stunde Tag Monat Wochentag', wrong: 'Fünf Teile, etwa 0 9 * * mon', zone: 'Nach der Uhr von', audience: 'Für wen' },
});

type Every = 'once' | Schedule['every'] | 'cron';
type Change = (trigger: ScheduleTrigger, field?: string) => void;

/** Again and again, or once, and for whom. */
export function ScheduleFields({ trigger, change }: { readonly trigger: ScheduleTrigger; readonly change: Change }) {
  const zone = trigger.timezone ?? 'UTC';
  const schedule = trigger.cron === undefined ? null : readCron(trigger.cron);
  const every: Every = trigger.cron === undefined ? 'once' : (schedule?.every ?? 'cron');
  const repeat = (cron: string, field?: string) => {
    const { once: _once, ...rest } = trigger;
    change({ ...rest, cron }, field);
  };
  const turn = (to: Every) => {
    const time = schedule?.time ?? '09:00';
    if (to === 'once') return begin(trigger, zone, change);
    if (to === 'cron') return repeat('0 9 1 1,4,7,10 *');
    repeat(writeCron(to === 'day' ? { time, every: 'day' } : to === 'week' ? { time, every: 'week', days: ['mon'] } : { time, every: 'month', day: 1 }));
  };
  return (
    <>
      <ChoiceField label={says.when} value={every} change={(next) => next !== every && turn(next)} choices={(['once', 'day', 'week', 'month', 'cron'] as const).map((value) => ({ value, label: says[value] }))} />
      {trigger.once !== undefined && trigger.cron === undefined && <OnceField once={trigger.once} zone={zone} change={(once) => change({ ...trigger, once }, 'once')} />}
      {schedule?.every === 'week' && <WeekdaysField value={schedule.days.length === 7 ? undefined : schedule.days} change={(days) => repeat(writeCron({ ...schedule, days: days ?? WEEKDAYS }))} />}
      {schedule?.every === 'month' && <NumberField label={says.dayOfMonth} description={says.dayMore} min={1} max={31} value={schedule.day} change={(day) => day !== undefined && day >= 1 && repeat(writeCron({ ...schedule, day }), 'cron')} />}
      {schedule && <TimeField label={says.at} value={schedule.time} change={(time) => time && repeat(writeCron({ ...schedule, time }), 'cron')} />}
      {trigger.cron !== undefined && !schedule && <TextField label={says.text} isCode value={trigger.cron} check={(text) => (/^\S+( \S+){4}$/.test(text) ? null : says.wrong)} change={(cron) => repeat(cron, 'cron')} />}
      <ZoneSelect label={says.zone} value={zone} change={(next) => change(trigger.once !== undefined ? { ...trigger, timezone: next, once: writeOnce(readOnce(trigger.once, zone), next) } : { ...trigger, timezone: next })} />
      <Section title={says.audience}><RuleBuilder condition={trigger.audience} change={(audience) => change({ ...trigger, audience }, 'audience')} scope={{ journey: null }} /></Section>
    </>
  );
}

function begin(trigger: ScheduleTrigger, zone: string, change: Change): void {
  const { cron: _cron, ...rest } = trigger;
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  change({ ...rest, once: writeOnce(`${tomorrow}T09:00`, zone) });
}

function OnceField({ once, zone, change }: { readonly once: string; readonly zone: string; readonly change: (once: string) => void }) {
  const { closeField } = useFieldScope();
  return (
    <TextInput size="xs" type="datetime-local" label={says.date} value={readOnce(once, zone)} onBlur={closeField}
      onChange={({ currentTarget }) => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(currentTarget.value) && change(writeOnce(currentTarget.value.slice(0, 16), zone))} />
  );
}
