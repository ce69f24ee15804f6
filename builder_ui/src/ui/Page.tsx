import { Box, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** A page with its title, one line of what it is, and what can be done with it. */
export function Page({ title, more, actions, children }: { readonly title: string; readonly more?: string; readonly actions?: ReactNode; readonly children: ReactNode }) {
  return (
    <Box p={{ base: 'md', sm: 'xl' }} maw={1280}>
      <Group justify="space-between" align="flex-start" mb="lg" wrap="wrap">
        <div>
          <Title order={1} size="h3">{title}</Title>
          {more && <Text size="sm" c="dimmed">{more}</Text>}
        </div>
        {actions}
      </Group>
      {children}
    </Box>
  );
}
