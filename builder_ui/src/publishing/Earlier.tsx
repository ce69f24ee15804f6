import { NumberInput, TextInput } from '@mantine/core';

import { Card } from '../ui/Card';
import { RadioCards } from '../ui/RadioCards';
import type { Choices } from './migration';
import { says } from './words';

/** Whether those enter as well who qualified before. */
export function Earlier({ choices, onChange }: { readonly choices: Choices; readonly onChange: (choices: Choices) => void }) {
  return (
    <Card title={says.backfill}>
      <RadioCards label={says.backfill} hides value={choices.backfill} onChange={(backfill) => onChange({ ...choices, backfill })}
        choices={[{ value: 'none', label: says.backfillNone, more: says.backfillNoneMore }, { value: 'now', label: says.backfillNow, more: says.backfillNowMore }, { value: 'by_age', label: says.backfillAge, more: says.backfillAgeMore }]} />
      {choices.backfill !== 'none' && (
        <>
          <TextInput size="xs" type="datetime-local" label={says.since} value={choices.since} onChange={(event) => onChange({ ...choices, since: event.currentTarget.value })} maw={280} />
          <NumberInput size="xs" label={says.backfillPerMinute} value={choices.backfillPerMinute ?? ''} min={1} max={1_000_000} onChange={(value) => onChange({ ...choices, backfillPerMinute: value === '' ? null : Number(value) })} maw={280} />
        </>
      )}
    </Card>
  );
}
