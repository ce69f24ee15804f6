import { Stack } from '@mantine/core';

import { words } from '../words/language';
import { ChoiceField } from './ChoiceField';
import { DurationField } from './DurationField';
import { readDuration, writeDuration } from './duration';

const says = words({
  en: { on: 'on the day itself', before: 'before', after: 'after', length: 'By how much' },
  de: { on: 'am Tag selbst', before: 'davor', after: 'danach', length: 'Um wie viel' },
});

/** So long before (`-P7D`) or after a date; nothing is the date itself. */
export function OffsetField({ label, value, change }: { readonly label: string; readonly value: string | undefined; readonly change: (offset: string | undefined) => void }) {
  const read = readDuration(value ?? '');
  const side = read === null ? 'on' : read.isBefore ? 'before' : 'after';
  const length = read && writeDuration({ isBefore: false, parts: read.parts });
  const put = (isBefore: boolean, iso: string) => change(`${isBefore ? '-' : ''}${iso}`);
  return (
    <Stack gap={4}>
      <ChoiceField label={label} value={side} change={(next) => (next === 'on' ? change(undefined) : put(next === 'before', length ?? 'P1D'))}
        choices={[{ value: 'on', label: says.on }, { value: 'before', label: says.before }, { value: 'after', label: says.after }]} />
      {length && <DurationField isLabelHidden label={says.length} value={length} change={(iso) => iso && put(side === 'before', iso)} />}
    </Stack>
  );
}
