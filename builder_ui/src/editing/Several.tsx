import { Button, Stack, Text, Title } from '@mantine/core';
import { IconCopy, IconCut, IconTrash } from '@tabler/icons-react';

import type { Journey } from '../generated/journey';
import { findNode } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import type { Doings } from './commands';
import { says } from './words';

/** What can be done with several steps at once. */
export function Several({ journey, keys, doings }: { readonly journey: Journey; readonly keys: readonly string[]; readonly doings: Doings }) {
  const SHOWN = 12;
  return (
    <Stack gap="md">
      <div>
        <Title order={2} size="h5">{says.chosen(keys.length)}</Title>
        {doings.mayEdit && <Text size="xs" c="dimmed">{says.chosenHint}</Text>}
      </div>
      {doings.mayEdit && (
        <Stack gap={6}>
          <Button variant="default" size="xs" justify="flex-start" leftSection={<IconCopy size={15} />} onClick={doings.duplicate}>{says.duplicate}</Button>
          <Button variant="default" size="xs" justify="flex-start" leftSection={<IconCopy size={15} />} onClick={doings.copy}>{says.copy}</Button>
          <Button variant="default" size="xs" justify="flex-start" leftSection={<IconCut size={15} />} onClick={doings.cut}>{says.cut}</Button>
          <Button variant="light" color="red" size="xs" justify="flex-start" leftSection={<IconTrash size={15} />} onClick={doings.remove}>{says.deleteSteps}</Button>
        </Stack>
      )}
      <Stack gap={4} component="ul" className="plain">
        {keys.slice(0, SHOWN).map((key) => {
          const node = findNode(journey, key);
          return <li key={key}><Text size="sm" truncate>{node ? describeNode(node).title : key}</Text></li>;
        })}
        {keys.length > SHOWN && <li><Text size="sm" c="dimmed">+{keys.length - SHOWN}</Text></li>}
      </Stack>
    </Stack>
  );
}
