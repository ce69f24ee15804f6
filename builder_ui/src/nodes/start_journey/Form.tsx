import { Stack } from '@mantine/core';

import { NameSelect } from '../../fields/NameSelect';
import { write } from '../../fields/write';
import { words } from '../../words/language';
import { DataField } from '../parts/DataField';
import type { FormProps } from '../types';

const says = words({
  en: { journey: 'Journey', journeyMore: 'Its trigger is “by another journey”. Its own gates decide; this one goes on at once.', data: 'What it finds under trigger.properties' },
  de: { journey: 'Journey', journeyMore: 'Ihr Auslöser ist „durch eine andere Journey“. Ihre eigenen Schranken entscheiden; diese geht gleich weiter.', data: 'Was sie unter trigger.properties findet' },
});

export function StartJourneyForm({ node, change }: FormProps<'start_journey'>) {
  return (
    <Stack gap="sm">
      <NameSelect label={says.journey} description={says.journeyMore} kind="started" value={node.journey} change={(journey) => change({ ...node, journey }, 'journey')} />
      <DataField label={says.data} value={node.data} change={(data) => change(write(node, 'data', data), 'data')} />
    </Stack>
  );
}
