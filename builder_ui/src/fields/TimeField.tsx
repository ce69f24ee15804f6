import { Checkbox, Group, Input, Select, TextInput } from '@mantine/core';

import type { Weekday } from '../generated/journey';
import { locale, words } from '../words/language';
import { useFieldScope } from './scope';
import { useTyped } from './useTyped';

const says = words({
  en: { days: 'On these days', anyDay: 'Any day', each: 'Each contact’s own', format: 'HH:MM' },
  de: { days: 'An diesen Tagen', anyDay: 'Jeden Tag', each: 'Die eigene jedes Kontakts', format: 'HH:MM' },
});

/** A time of day, "HH:MM". */
export function TimeField({ label, description, value, change, isOptional = false }: {
  readonly label: string; readonly description?: string; readonly value: string | undefined; readonly isOptional?: boolean;
  readonly change: (time: string | undefined) => void;
}) {
  const { closeField } = useFieldScope();
  const [text, type] = useTyped(value ?? '');
  return (
    <TextInput size="xs" type="time" label={label} description={description} value={text} onBlur={closeField} miw={104}
      onChange={({ currentTarget: { value: next } }) => {
        const time = /^([01]\d|2[0-3]):[0-5]\d$/.test(next) ? next : undefined;
        type(next, time ?? (isOptional ? '' : (value ?? '')));
        if (time !== undefined || (isOptional && next === '')) change(time);
      }} />
  );
}

/** In the order of a week that begins on Monday. */
export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const SHORT = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
const LONG = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
// 1 January 2024 was a Monday.
const dayOf = (place: number) => new Date(Date.UTC(2024, 0, 1 + place));

/** Days of the week; none chosen means any day. */
export function WeekdaysField({ value, change }: { readonly value: readonly Weekday[] | undefined; readonly change: (days: readonly Weekday[] | undefined) => void }) {
  const chosen = value ?? WEEKDAYS;
  const toggle = (day: Weekday) => {
    const next = WEEKDAYS.filter((other) => (other === day ? !chosen.includes(day) : chosen.includes(other)));
    change(next.length === 7 || next.length === 0 ? undefined : next);
  };
  return (
    <Input.Wrapper size="xs" label={says.days} labelElement="div" role="group" aria-label={says.days}>
      <Group gap={4} mt={2} wrap="nowrap">
        {WEEKDAYS.map((day, place) => (
          <Checkbox.Card key={day} checked={chosen.includes(day)} onClick={() => toggle(day)} radius="sm" p={0} h={28} flex={1} miw={28} aria-label={LONG.format(dayOf(place))} className="weekday">
            {SHORT.format(dayOf(place)).replace('.', '').slice(0, 2)}
          </Checkbox.Card>
        ))}
      </Group>
    </Input.Wrapper>
  );
}

/** Each in their own zone, or one for all. */
export function ZoneSelect({ label, description, value, change, isContactAllowed = true }: {
  readonly label: string; readonly description?: string; readonly value: string; readonly isContactAllowed?: boolean; readonly change: (zone: string) => void;
}) {
  const zones = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), ...(value === 'contact' ? [] : [value])])];
  const data = [...(isContactAllowed ? [{ value: 'contact', label: says.each }] : []), ...zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))];
  return <Select size="xs" label={label} description={description} searchable limit={60} allowDeselect={false} value={value} data={data} onChange={(zone) => zone && change(zone)} />;
}
