import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { Small } from '../fields/DurationField';
import { replaceItem } from '../fields/write';

/** Things of one sort, one below the other. */
export function Several<Item>({ items, change, title, add, blank, none, remove, children }: {
  readonly items: readonly Item[];
  readonly change: (items: readonly Item[], field?: string) => void;
  readonly title: (item: Item) => string;
  readonly add: string;
  readonly blank: () => Item;
  /** What it means that there are none. */
  readonly none: string;
  readonly remove: string;
  readonly children: (item: Item, keep: (item: Item, field?: string) => void) => ReactNode;
}) {
  return (
    <Stack gap="sm">
      {items.length === 0 && <Text size="xs" c="dimmed">{none}</Text>}
      {items.map((item, place) => (
        <Paper key={place} withBorder radius="md" p={10} component="section" miw={0} aria-label={title(item)}>
          <Group justify="space-between" wrap="nowrap" mb={8}>
            <Text size="xs" fw={600} lineClamp={2}>{title(item)}</Text>
            <Small label={`${remove}: ${title(item)}`} onClick={() => change(replaceItem(items, place, undefined))}><IconX size={14} /></Small>
          </Group>
          <Stack gap="sm">{children(item, (next, field) => change(replaceItem(items, place, next), field === undefined ? undefined : `${place}/${field}`))}</Stack>
        </Paper>
      ))}
      <Button size="compact-sm" variant="light" leftSection={<IconPlus size={14} />} style={{ alignSelf: 'flex-start' }} onClick={() => change([...items, blank()])}>{add}</Button>
    </Stack>
  );
}
