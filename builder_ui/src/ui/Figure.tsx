import { Group, Paper, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** One number that matters, with what it counts, and what it is compared with. */
export function Figure({ label, value, more }: { readonly label: string; readonly value: string; readonly more?: ReactNode }) {
  return (
    <Paper withBorder radius="lg" p="md">
      <Text size="sm" c="dimmed">{label}</Text>
      <Group gap="xs" align="baseline">
        <Text fz={26} fw={700} lh={1.3} className="numbers">{value}</Text>
        {more && <Text size="sm" c="dimmed" component="div">{more}</Text>}
      </Group>
    </Paper>
  );
}
