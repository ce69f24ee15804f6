import { Group, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

import { says } from './says';

/** The frame of one question. */
export function LeafCard({ head, menu, isKept, children }: { readonly head: ReactNode; readonly menu: ReactNode; readonly isKept: boolean; readonly children: ReactNode }) {
  return (
    <Paper withBorder radius="md" p={8} className={isKept ? 'leaf' : 'leaf unfinished'}>
      <Group gap={4} wrap="nowrap" align="flex-start" mb={6}>
        <div style={{ flex: 1, minWidth: 0 }}>{head}</div>
        {menu}
      </Group>
      <Stack gap={6}>{children}</Stack>
      {!isKept && <Text fz={11} c="dimmed" mt={6} role="status">{says.unfinished}</Text>}
    </Paper>
  );
}
