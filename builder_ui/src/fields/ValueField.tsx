import { Checkbox, Group, Input, Select, Stack, TagsInput, Text } from '@mantine/core';

import { words } from '../words/language';
import { NameSelect } from './NameSelect';
import { NumberField } from './NumberField';
import { useFieldScope } from './scope';
import { TextField } from './TextField';
import { type Hole, kindOfValue, readJson, readNumber, toKind, type ValueKind } from './values';
import { write } from './write';

const says = words({
  en: {
    kind: 'Sort of value', kinds: { text: 'Text', number: 'Number', boolean: 'Yes / no', null: 'Empty', list: 'List', object: 'Object', hole: 'From …' } as Readonly<Record<ValueKind, string>>,
    yes: 'Yes', no: 'No', nothing: 'no value', json: 'Not JSON yet', missing: 'If it is missing', instead: 'Instead', path: 'Where the value comes from', number: 'One of these is no number', wrongPath: 'Such as trigger.properties.total',
  },
  de: {
    kind: 'Art des Werts', kinds: { text: 'Text', number: 'Zahl', boolean: 'Ja / nein', null: 'Leer', list: 'Liste', object: 'Objekt', hole: 'Aus …' },
    yes: 'Ja', no: 'Nein', nothing: 'kein Wert', json: 'Noch kein JSON', missing: 'Falls er fehlt', instead: 'Stattdessen', path: 'Woher der Wert kommt', number: 'Darunter ist keine Zahl', wrongPath: 'Etwa trigger.properties.total',
  },
});

export const SCALARS: readonly ValueKind[] = ['text', 'number', 'boolean', 'null'];
/** Whatever a structure may hold. */
export const STRUCTURES: readonly ValueKind[] = ['text', 'number', 'boolean', 'hole', 'list', 'object', 'null'];
const PATH = /^((trigger|context|contact|subject|enrollment|journey)\.[\w-]+(\.[\w-]+)*|entry_key)$/;

type Props = { readonly label: string; readonly value: unknown; readonly change: (value: unknown) => void; readonly isLabelHidden?: boolean };

/** A JSON value of a chosen kind; nothing is coerced. */
export function ValueField({ label, value, change, kinds = SCALARS, isLabelHidden = false }: Props & { readonly kinds?: readonly ValueKind[] }) {
  const kind = kindOfValue(value);
  const offered = kinds.includes(kind) ? kinds : [...kinds, kind];
  const isTall = kind === 'list' || kind === 'object' || kind === 'hole';
  const picker = (
    <Select size="xs" w={94} aria-label={`${label}: ${says.kind}`} allowDeselect={false} value={kind} data={offered.map((each) => ({ value: each, label: says.kinds[each] }))}
      comboboxProps={{ withinPortal: true }} onChange={(next) => next && next !== kind && change(toKind(value, next as ValueKind))} />
  );
  return (
    <Input.Wrapper size="xs" label={isLabelHidden ? undefined : label} labelElement="div">
      <Group gap={4} wrap={isTall ? 'wrap' : 'nowrap'} align="flex-start" mt={isLabelHidden ? 0 : 2}>
        {picker}
        <div style={{ flex: isTall && kind !== 'hole' ? '1 0 100%' : 1, minWidth: 0 }}><Entry label={label} value={value} change={change} /></div>
      </Group>
      {kind === 'hole' && <Fallback label={label} hole={value as Hole} change={change} />}
    </Input.Wrapper>
  );
}

function Entry({ label, value, change }: Props) {
  switch (kindOfValue(value)) {
    case 'text':
      return <TextField aria-label={label} value={value as string} change={change} />;
    case 'number':
      return <NumberField aria-label={label} value={value as number} isWhole={false} change={change} />;
    case 'boolean':
      return <Select size="xs" aria-label={label} allowDeselect={false} value={String(value)} data={[{ value: 'true', label: says.yes }, { value: 'false', label: says.no }]} onChange={(next) => change(next === 'true')} />;
    case 'null':
      return <Text size="xs" c="dimmed" py={6}>{says.nothing}</Text>;
    case 'hole':
      return <NameSelect isLabelHidden kind="hole" label={`${label}: ${says.path}`} value={(value as Hole).$} check={(path) => (PATH.test(path) ? null : says.wrongPath)} change={(path) => change(write(value as Hole, '$', path))} />;
    default:
      return <JsonField label={label} value={value} change={change} />;
  }
}

function Fallback({ label, hole, change }: { readonly label: string; readonly hole: Hole; readonly change: (value: unknown) => void }) {
  const has = Object.hasOwn(hole, 'or');
  return (
    <Stack gap={4} mt={6}>
      <Checkbox size="xs" label={says.missing} aria-label={`${label}: ${says.missing}`} checked={has} onChange={({ currentTarget }) => change(currentTarget.checked ? { ...hole, or: '' } : { $: hole.$ })} />
      {has && <ValueField isLabelHidden label={`${label}: ${says.instead}`} kinds={[...SCALARS, 'list', 'object']} value={hole.or} change={(or) => change({ ...hole, or })} />}
    </Stack>
  );
}

/** Any JSON, as it is written. */
export function JsonField({ label, value, change, isLabelHidden = true }: Props) {
  const written = value === undefined ? '' : JSON.stringify(value, null, 2);
  return (
    <TextField {...(isLabelHidden ? { 'aria-label': label } : { label })} value={written} rows={2} isCode check={(text) => (readJson(text) ? null : says.json)} normal={(text) => JSON.stringify(readJson(text)?.value, null, 2)}
      change={(text) => {
        const read = readJson(text);
        if (read) change(read.value);
      }} />
  );
}

/** Plain values of one kind; a mixed list is shown as it is written. */
export function ListField({ label, value, change, suggestions = [] }: { readonly label: string; readonly value: readonly unknown[]; readonly change: (list: readonly unknown[]) => void; readonly suggestions?: readonly string[] }) {
  const { closeField } = useFieldScope();
  const kind = value.every((item) => typeof item === 'number') && value.length > 0 ? 'number' : value.every((item) => typeof item === 'string') ? 'text' : 'list';
  const set = (texts: readonly string[]) => {
    if (kind === 'text') return change([...texts]);
    const numbers = texts.map(readNumber);
    if (numbers.every((n) => n !== null)) change(numbers);
  };
  return (
    <Group gap={4} wrap={kind === 'list' ? 'wrap' : 'nowrap'} align="flex-start">
      <Select size="xs" w={94} aria-label={`${label}: ${says.kind}`} allowDeselect={false} value={kind} comboboxProps={{ withinPortal: true }}
        data={[{ value: 'text', label: says.kinds.text }, { value: 'number', label: says.kinds.number }, { value: 'list', label: 'JSON' }]}
        onChange={(next) => next && next !== kind && change(value.length === 0 && next === 'number' ? [0] : value.map((item) => (next === 'list' ? item : toKind(item, next as ValueKind))))} />
      {kind === 'list'
        ? <div style={{ flex: '1 0 100%' }}><JsonField label={label} value={value} change={(next) => Array.isArray(next) && change(next)} /></div>
        : <TagsInput size="xs" flex={1} miw={0} aria-label={label} value={value.map(String)} onChange={set} onBlur={closeField} acceptValueOnBlur data={[...suggestions]} comboboxProps={{ withinPortal: true }} />}
    </Group>
  );
}
