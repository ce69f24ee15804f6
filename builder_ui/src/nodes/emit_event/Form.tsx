import { Stack } from '@mantine/core';

import { NameSelect } from '../../fields/NameSelect';
import { write } from '../../fields/write';
import { words } from '../../words/language';
import { DataField } from '../parts/DataField';
import type { FormProps } from '../types';

const says = words({
  en: { event: 'Event', eventMore: 'Recorded of the contact; other journeys and segments see it as any other.', properties: 'Properties', add: 'Add a property' },
  de: { event: 'Ereignis', eventMore: 'Wird beim Kontakt festgehalten; andere Journeys und Segmente sehen es wie jedes andere.', properties: 'Eigenschaften', add: 'Eigenschaft hinzufügen' },
});

export function EmitEventForm({ node, change }: FormProps<'emit_event'>) {
  return (
    <Stack gap="sm">
      <NameSelect label={says.event} description={says.eventMore} kind="event" value={node.event} change={(event) => change({ ...node, event }, 'event')} />
      <DataField label={says.properties} add={says.add} kind="property" of={node.event} value={node.properties} change={(properties) => change(write(node, 'properties', properties), 'properties')} />
    </Stack>
  );
}
