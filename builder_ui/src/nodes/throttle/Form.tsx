import { Stack } from '@mantine/core';

import { DurationField } from '../../fields/DurationField';
import { NumberField } from '../../fields/NumberField';
import { words } from '../../words/language';
import type { FormProps } from '../types';

const says = words({
  en: { most: 'At most', mostMore: 'Of all enrollments of this journey, evenly spaced, in the order they came.', per: 'In any' },
  de: { most: 'Höchstens', mostMore: 'Von allen Durchgängen dieser Journey, gleichmäßig verteilt, in der Reihenfolge ihrer Ankunft.', per: 'In jeweils' },
});

export function ThrottleForm({ node, change }: FormProps<'throttle'>) {
  return (
    <Stack gap="sm">
      <NumberField label={says.most} description={says.mostMore} min={1} max={1_000_000} value={node.at_most} change={(n) => n !== undefined && n >= 1 && change({ ...node, at_most: n }, 'at_most')} />
      <DurationField label={says.per} units={['minutes', 'hours', 'days', 'weeks']} value={node.per ?? 'PT1M'} change={(per) => per && change({ ...node, per }, 'per')} />
    </Stack>
  );
}
