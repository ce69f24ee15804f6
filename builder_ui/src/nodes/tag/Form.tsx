import { Stack } from '@mantine/core';

import { NamesField } from '../../fields/NameSelect';
import { write } from '../../fields/write';
import { words } from '../../words/language';
import type { FormProps } from '../types';

const says = words({ en: { add: 'Add tags', remove: 'Remove tags' }, de: { add: 'Schlagwörter hinzufügen', remove: 'Schlagwörter entfernen' } });

export function TagForm({ node, change }: FormProps<'tag'>) {
  const some = (tags: readonly string[]) => (tags.length > 0 ? tags : undefined);
  return (
    <Stack gap="sm">
      <NamesField label={says.add} kind="tag" value={node.add ?? []} change={(tags) => change(write(node, 'add', some(tags)), 'add')} />
      <NamesField label={says.remove} kind="tag" value={node.remove ?? []} change={(tags) => change(write(node, 'remove', some(tags)), 'remove')} />
    </Stack>
  );
}
