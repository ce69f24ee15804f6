import { Stack } from '@mantine/core';

import { MapField } from '../../fields/MapField';
import { NamesField } from '../../fields/NameSelect';
import { NumberField } from '../../fields/NumberField';
import { write } from '../../fields/write';
import type { UpdateContactNode } from '../../generated/journey';
import { words } from '../../words/language';
import { DataField } from '../parts/DataField';
import { isFieldPath } from '../parts/EventFields';
import type { FormProps } from '../types';

const says = words({
  en: { set: 'Set attributes', add: 'Set an attribute', count: 'Count up or down', addCount: 'Count an attribute', by: (name: string) => `Add to ${name}`, unset: 'Remove attributes' },
  de: { set: 'Attribute setzen', add: 'Attribut setzen', count: 'Hoch- oder herunterzählen', addCount: 'Attribut zählen', by: (name: string) => `Zu ${name} addieren`, unset: 'Attribute entfernen' },
});

export function UpdateContactForm({ node, change }: FormProps<'update_contact'>) {
  const put = <Field extends keyof UpdateContactNode>(field: Field, value: UpdateContactNode[Field] | undefined) => change(write(node, field, value), field);
  return (
    <Stack gap="md">
      <DataField label={says.set} add={says.add} kind="attribute" value={node.set} change={(set) => put('set', set)} />
      <MapField<number> label={says.count} add={says.addCount} kind="attribute" value={node.increment} change={(increment) => put('increment', increment)} blank={1}
        entry={(name, by, keep) => <NumberField aria-label={says.by(name)} value={by} change={(n) => n !== undefined && keep(n)} />} />
      <NamesField label={says.unset} kind="attribute" value={node.unset ?? []} change={(names) => put('unset', names.filter(isFieldPath).length > 0 ? names.filter(isFieldPath) : undefined)} />
    </Stack>
  );
}
