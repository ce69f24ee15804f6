import { Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';

import { DurationField } from '../fields/DurationField';
import { NumberField } from '../fields/NumberField';
import { useFieldScope } from '../fields/scope';
import { TextField } from '../fields/TextField';
import { ListField, ValueField } from '../fields/ValueField';
import { write } from '../fields/write';
import type { Op } from '../generated/journey';
import { type Asked, findOperator, listOperators, type Takes } from './operators';
import { changeOperator, type Leaf, takesOf } from './edit';
import { says } from './says';

const WINDOW = ['minutes', 'hours', 'days', 'weeks'] as const;

/** How something is compared, and with what. */
export function OperandField({ leaf, change, asked, kinds }: { readonly leaf: Leaf; readonly change: (leaf: Leaf) => void; readonly asked: Asked; readonly kinds: readonly string[] }) {
  const op = String(leaf['op']) as Op;
  const { fitting, others } = listOperators(asked, kinds);
  const row = findOperator(op);
  const asOption = (each: Op) => ({ value: each, label: says.operators[each] });
  const isKnown = fitting.includes(op) || others.includes(op);
  const data = others.length > 0 ? [{ group: says.fitting, items: fitting.map(asOption) }, { group: says.others, items: others.map(asOption) }] : fitting.map(asOption);
  return (
    <Stack gap={4}>
      <Select size="xs" aria-label={says.operator} allowDeselect={false} searchable value={isKnown ? op : null} data={data} comboboxProps={{ withinPortal: true }} onChange={(next) => next && change(changeOperator(leaf, next as Op))} />
      {row && <Operand takes={takesOf(leaf, row)} isDay={op === 'on'} value={leaf['value']} change={(value) => change(write(leaf, 'value', value))} />}
      {row?.folds && asked !== 'figure' && saysText(leaf['value']) && (
        <Checkbox size="xs" label={says.ignoreCase} checked={leaf['ignore_case'] === true} onChange={({ currentTarget }) => change(write(leaf, 'ignore_case', currentTarget.checked ? true : undefined))} />
      )}
    </Stack>
  );
}

function saysText(value: unknown): boolean {
  return Array.isArray(value) ? value.some(saysText) : typeof value === 'string';
}

function Operand({ takes, isDay, value, change }: { readonly takes: Takes; readonly isDay: boolean; readonly value: unknown; readonly change: (value: unknown) => void }) {
  switch (takes) {
    case 'nothing':
      return null;
    case 'scalar':
      return <ValueField isLabelHidden label={says.value} value={value} change={change} />;
    case 'scalars':
      return <ListField label={says.value} value={Array.isArray(value) ? value : []} change={change} />;
    case 'text':
      return <TextField aria-label={says.value} value={String(value ?? '')} change={change} />;
    case 'pattern':
      return <TextField aria-label={says.value} value={String(value ?? '')} change={change} isCode placeholder={says.pattern} />;
    case 'number':
      return <NumberField aria-label={says.value} value={typeof value === 'number' ? value : undefined} change={change} isWhole={false} />;
    case 'numbers':
      return <Numbers value={Array.isArray(value) ? value : []} change={change} />;
    case 'date':
      return <Instant isDay={isDay} value={typeof value === 'string' ? value : ''} change={change} />;
    case 'duration':
      return <DurationField isLabelHidden label={says.value} value={String(value ?? '')} change={change} units={WINDOW} isPlain />;
    default:
      return takes satisfies never;
  }
}

function Numbers({ value: [low, high], change }: { readonly value: readonly unknown[]; readonly change: (value: readonly unknown[]) => void }) {
  const asNumber = (end: unknown) => (typeof end === 'number' ? end : undefined);
  return (
    <Group gap={4} wrap="nowrap">
      <NumberField aria-label={says.low} placeholder={says.low} value={asNumber(low)} change={(n) => change([n, high])} isWhole={false} />
      <NumberField aria-label={says.high} placeholder={says.high} value={asNumber(high)} change={(n) => change([low, n])} isWhole={false} />
    </Group>
  );
}

/** A day, or an instant of it in UTC. */
function Instant({ isDay, value, change }: { readonly isDay: boolean; readonly value: string; readonly change: (value: string | undefined) => void }) {
  const { closeField } = useFieldScope();
  const day = value.slice(0, 10);
  const time = value.slice(11, 16);
  const put = (nextDay: string, nextTime: string) => change(nextDay === '' ? undefined : nextTime === '' ? nextDay : `${nextDay}T${nextTime}:00Z`);
  return (
    <Group gap={4} wrap="nowrap">
      <TextInput size="xs" type="date" flex={1} aria-label={says.day} value={day} onBlur={closeField} onChange={({ currentTarget }) => put(currentTarget.value, time)} />
      {!isDay && <TextInput size="xs" type="time" w={104} aria-label={says.time} title={says.time} value={time} onBlur={closeField} onChange={({ currentTarget }) => day !== '' && put(day, currentTarget.value)} />}
    </Group>
  );
}
