import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useState } from 'react';

import type { Condition } from '../generated/journey';
import { isChosen, listPrivate } from '../rules/edit';
import { RuleBuilder } from '../rules/RuleBuilder';
import { says } from './words';

const FIRST: Condition = { all: [{ attribute: '', op: 'exists' }] } as unknown as Condition;

/** Asks for whom something is to be true, to show these alone. */
export default function Filter({ condition, apply, close }: { readonly condition: Condition | null; readonly apply: (condition: Condition | null) => void; readonly close: () => void }) {
  const [edited, setEdited] = useState(condition ?? FIRST);
  return (
    <Paper withBorder radius="lg" p="md" component="section" aria-label={says.filters}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">{says.filterMore}</Text>
        <RuleBuilder condition={edited} change={setEdited} scope={{ journey: null }} />
        <Group justify="flex-end">
          <Button variant="default" onClick={condition ? () => apply(null) : close}>{condition ? says.clear : says.cancel}</Button>
          <Button disabled={!isChosen(edited) || listPrivate(edited).length > 0} onClick={() => apply(edited)}>{says.apply}</Button>
        </Group>
      </Stack>
    </Paper>
  );
}
