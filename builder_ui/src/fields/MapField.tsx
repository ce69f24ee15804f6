import { Button, Group, Input, Stack } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useState } from 'react';

import { words } from '../words/language';
import { Small } from './DurationField';
import { NameSelect } from './NameSelect';
import type { NameKind } from './names';
import { TextField } from './TextField';
import { unlessEmpty } from './write';

const says = words({
  en: { add: 'Add', name: 'Name', remove: 'Remove', taken: 'This name is there already', empty: 'A name is needed', wrong: 'Not a name that can be used here' },
  de: { add: 'Hinzufügen', name: 'Name', remove: 'Entfernen', taken: 'Diesen Namen gibt es schon', empty: 'Ein Name fehlt', wrong: 'Kein Name, der hier möglich ist' },
});
/** Names joined by dots, as documents write them. */
export const FIELD_PATH = /^[A-Za-z_][A-Za-z0-9_-]*(\.[A-Za-z0-9_-]+)*$/;

type Fields<Value> = { readonly [name: string]: Value };

/** Named values in their order. */
export function MapField<Value>({ label, description, value, change, blank, entry, kind, of, pattern = FIELD_PATH, add = says.add }: {
  readonly label: string;
  readonly description?: string;
  readonly value: Fields<Value> | undefined;
  readonly change: (value: Fields<Value> | undefined) => void;
  readonly blank: Value;
  readonly entry: (label: string, value: Value, change: (value: Value) => void) => ReactNode;
  /** Which names are offered. */
  readonly kind?: NameKind;
  readonly of?: string;
  readonly pattern?: RegExp;
  readonly add?: string;
}) {
  const [isAdding, setAdding] = useState(false);
  const rows = Object.entries(value ?? {});
  const write = (next: readonly (readonly [string, Value])[]) => change(unlessEmpty(Object.fromEntries(next)));
  const check = (own: string) => (name: string) => {
    if (name === '') return says.empty;
    if (name !== own && Object.hasOwn(value ?? {}, name)) return says.taken;
    return pattern.test(name) ? null : says.wrong;
  };
  const nameField = (name: string, rename: (name: string) => void) =>
    kind ? <NameSelect isLabelHidden label={`${label}: ${says.name}`} kind={kind} {...(of === undefined ? {} : { of })} placeholder={says.name} value={name} check={check(name)} change={rename} />
      : <TextField aria-label={`${label}: ${says.name}`} placeholder={says.name} value={name} check={check(name)} change={rename} isCode />;
  return (
    <Input.Wrapper size="xs" label={label} description={description} labelElement="div" role="group" aria-label={label}>
      <Stack gap={8} mt={4}>
        {rows.map(([name, each], place) => (
          <div key={place} className="mapped">
            <Group gap={4} wrap="nowrap" align="flex-start" mb={4}>
              <div style={{ flex: 1, minWidth: 0 }}>{nameField(name, (next) => write(rows.map((row, other) => (other === place ? [next, each] : row))))}</div>
              <Small label={`${says.remove} ${name}`} onClick={() => write(rows.filter((_, other) => other !== place))}><IconX size={14} /></Small>
            </Group>
            {entry(name, each, (next) => write(rows.map((row, other) => (other === place ? [name, next] : row))))}
          </div>
        ))}
        {isAdding ? (
          <Group gap={4} wrap="nowrap" align="flex-start" className="mapped">
            <div style={{ flex: 1, minWidth: 0 }}><NewName label={label} kind={kind} of={of} check={check('')} keep={(name) => { setAdding(false); write([...rows, [name, blank]]); }} /></div>
            <Small label={says.remove} onClick={() => setAdding(false)}><IconX size={14} /></Small>
          </Group>
        ) : (
          <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={14} />} onClick={() => setAdding(true)} style={{ alignSelf: 'flex-start' }} aria-label={`${label}: ${add}`}>{add}</Button>
        )}
      </Stack>
    </Input.Wrapper>
  );
}

/** A name is typed in full before there is anything to keep under it. */
function NewName({ label, kind, of, check, keep }: {
  readonly label: string; readonly kind: NameKind | undefined; readonly of: string | undefined; readonly check: (name: string) => string | null; readonly keep: (name: string) => void;
}) {
  const [name, setName] = useState('');
  const finish = () => check(name) === null && keep(name);
  return (
    <div onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && finish()} onKeyDown={({ key }) => key === 'Enter' && finish()}>
      {kind ? <NameSelect isLabelHidden label={`${label}: ${says.name}`} kind={kind} {...(of === undefined ? {} : { of })} placeholder={says.name} value={name} change={setName} />
        : <TextField aria-label={`${label}: ${says.name}`} placeholder={says.name} value={name} change={setName} isCode />}
    </div>
  );
}
