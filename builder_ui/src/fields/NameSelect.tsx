import './fields.css';

import { Autocomplete, Group, TagsInput, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';

import { words } from '../words/language';
import { askNames } from './asks';
import { listOptions, type NameKind, type Option } from './names';
import { useFieldScope } from './scope';
import { useTyped } from './useTyped';

const says = words({ en: { notYet: 'Not chosen yet' }, de: { notYet: 'Noch nicht gewählt' } });
const MOST = 60;

/** The names of a kind, where they may be asked for. */
export function useOptions(kind: NameKind, of?: string): readonly Option[] {
  const { journey } = useFieldScope();
  const { data } = useQuery(askNames());
  return listOptions(kind, data, journey, of);
}

type Shared = {
  readonly label: string;
  readonly description?: string;
  readonly kind: NameKind;
  /** What narrows the names, such as the event of a property. */
  readonly of?: string;
  readonly isLabelHidden?: boolean;
  readonly placeholder?: string;
};

/** A name out of those that are known, or a new one. */
export function NameSelect({ label, kind, of, value, change, check, isLabelHidden = false, placeholder = says.notYet, ...rest }: Shared & {
  readonly value: string;
  readonly change: (name: string) => void;
  readonly check?: (name: string) => string | null;
}) {
  const { closeField } = useFieldScope();
  const options = useOptions(kind, of);
  const [text, type] = useTyped(value);
  const wrong = check?.(text) ?? null;
  return (
    <Autocomplete size="xs" {...rest} {...(isLabelHidden ? { 'aria-label': label } : { label })} placeholder={placeholder} value={text} error={text === value ? null : wrong} data={distinct(options)} limit={MOST}
      maxDropdownHeight={280} comboboxProps={{ withinPortal: true, width: 300, position: 'bottom-start' }} onBlur={closeField}
      renderOption={({ option }) => <Choice option={options.find(({ value: name }) => name === option.value) ?? { value: option.value, more: '' }} />}
      onChange={(next) => {
        const isGood = (check?.(next) ?? null) === null;
        type(next, isGood ? next : value);
        if (isGood && next !== value) change(next);
      }} />
  );
}

/** Several names. */
export function NamesField({ label, kind, of, value, change, isLabelHidden = false, ...rest }: Shared & { readonly value: readonly string[]; readonly change: (names: readonly string[]) => void }) {
  const { closeField } = useFieldScope();
  const options = useOptions(kind, of);
  return (
    <TagsInput size="xs" {...rest} {...(isLabelHidden ? { 'aria-label': label } : { label })} value={[...value]} data={distinct(options)} limit={MOST} onBlur={closeField} onChange={change} acceptValueOnBlur
      comboboxProps={{ withinPortal: true }} renderOption={({ option }) => <Choice option={options.find(({ value: name }) => name === option.value) ?? { value: option.value, more: '' }} />} />
  );
}

function Choice({ option: { value, more } }: { readonly option: Option }) {
  return (
    <Group gap={0} miw={0} style={{ flexDirection: 'column', alignItems: 'flex-start' }}>
      <Text size="xs" fw={500}>{value}</Text>
      {more && <Text fz={11} c="dimmed" lineClamp={1}>{more}</Text>}
    </Group>
  );
}

function distinct(options: readonly Option[]): string[] {
  return [...new Set(options.map(({ value }) => value))].filter(Boolean);
}
