import { ActionIcon, Group, Input, NumberInput, Select, Stack } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useId } from 'react';

import { plural, words } from '../words/language';
import { CALENDAR, nextUnit, type Part, readDuration, type Unit, UNITS, writeDuration } from './duration';
import { useFieldScope } from './scope';
import { TextField } from './TextField';
import { replaceItem } from './write';

const says = words({
  en: {
    amount: 'How many', unit: 'Unit', more: 'Add a shorter unit', less: 'Remove this part', clear: 'Clear',
    units: (unit: Unit, n: number) => {
      const one = { years: 'year', months: 'month', weeks: 'week', days: 'day', hours: 'hour', minutes: 'minute', seconds: 'second' }[unit];
      return plural(n, one, unit);
    },
  },
  de: {
    amount: 'Wie viele', unit: 'Einheit', more: 'Kürzere Einheit hinzufügen', less: 'Diesen Teil entfernen', clear: 'Leeren',
    units: (unit, n) => {
      const [one, other] = ({ years: ['Jahr', 'Jahre'], months: ['Monat', 'Monate'], weeks: ['Woche', 'Wochen'], days: ['Tag', 'Tage'], hours: ['Stunde', 'Stunden'], minutes: ['Minute', 'Minuten'], seconds: ['Sekunde', 'Sekunden'] } as const)[unit];
      return plural(n, one, other);
    },
  },
});

type Props = {
  readonly label: string;
  readonly description?: string;
  readonly value: string | undefined;
  readonly change: (iso: string | undefined) => void;
  readonly units?: readonly Unit[];
  /** May be emptied. */
  readonly isOptional?: boolean;
  /** Weeks, days and the clock cannot be mixed, such as in a window looking back. */
  readonly isPlain?: boolean;
  readonly isLabelHidden?: boolean;
};

/** A length of time: `P3D` is "3 days". A day on the calendar and 24 hours stay what they are. */
export function DurationField({ label, description, value, change, units = CALENDAR, isOptional = false, isPlain = false, isLabelHidden = false }: Props) {
  const { closeField } = useFieldScope();
  const id = useId();
  const read = readDuration(value ?? '');
  if (value !== undefined && read === null) {
    return <TextField label={label} value={value} change={change} isCode check={(text) => (readDuration(text) ? null : 'P3D, PT2H, …')} />;
  }
  const parts: readonly Part[] = read?.parts ?? [{ amount: Number.NaN, unit: units.includes('days') ? 'days' : (units[0] ?? 'days') }];
  const isBefore = read?.isBefore ?? false;
  const set = (next: readonly Part[]) => change(writeDuration({ isBefore, parts: next }));
  const further = isPlain || read === null ? null : nextUnit(parts, units);
  return (
    <Input.Wrapper size="xs" label={isLabelHidden ? undefined : label} description={description} id={id} labelElement="div" role="group" aria-label={label}>
      <Stack gap={4} mt={isLabelHidden ? 0 : 2}>
        {parts.map((part, place) => (
          <Group key={place} gap={4} wrap="nowrap">
            <NumberInput size="xs" w={68} aria-label={`${label}: ${says.amount}`} value={Number.isNaN(part.amount) ? '' : part.amount} min={parts.length > 1 ? 0 : 1} allowDecimal={false} allowNegative={false}
              onBlur={closeField} onChange={(n) => typeof n === 'number' && n >= (parts.length > 1 ? 0 : 1) && set(replaceItem(parts, place, { ...part, amount: n }))} />
            <Select size="xs" flex={1} miw={92} aria-label={`${label}: ${says.unit}`} value={part.unit} allowDeselect={false} comboboxProps={{ withinPortal: true }}
              data={UNITS.filter((unit) => unit === part.unit || (units.includes(unit) && !parts.some((other) => other.unit === unit))).map((unit) => ({ value: unit, label: says.units(unit, part.amount || 2) }))}
              onChange={(unit) => unit && set(replaceItem(parts, place, { amount: Number.isNaN(part.amount) ? 1 : part.amount, unit: unit as Unit }))} />
            {parts.length > 1 && <Small label={says.less} onClick={() => set(replaceItem(parts, place, undefined))}><IconX size={14} /></Small>}
            {place === parts.length - 1 && further && <Small label={says.more} onClick={() => set([...parts, { amount: 1, unit: further }])}><IconPlus size={14} /></Small>}
            {parts.length === 1 && isOptional && read && <Small label={`${says.clear}: ${label}`} onClick={() => change(undefined)}><IconX size={14} /></Small>}
          </Group>
        ))}
      </Stack>
    </Input.Wrapper>
  );
}

/** A small button with a picture, of which only its label tells. */
export function Small({ label, onClick, disabled = false, children }: { readonly label: string; readonly onClick: () => void; readonly disabled?: boolean; readonly children: React.ReactNode }) {
  return <ActionIcon variant="subtle" color="gray" size={24} aria-label={label} title={label} onClick={onClick} disabled={disabled}>{children}</ActionIcon>;
}
