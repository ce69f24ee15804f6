import { Group, Paper, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of a page, with its title and what can be done with it. */
export function Card({ title, actions, children }: { readonly title?: string; readonly actions?: ReactNode; readonly children: ReactNode }) {
  return (
    <Paper component="section" withBorder radius="lg" p="md" miw={0} aria-label={title}>
      {(title || actions) && (
        <Group justify="space-between" mb="sm" wrap="wrap">
          {title && <Title order={2} size="h5">{title}</Title>}
          {actions}
        </Group>
      )}
      <Stack gap="xs">{children}</Stack>
    </Paper>
  );
}
