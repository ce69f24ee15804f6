import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** A part of the form, with its title. */
export function Part({ title, more, children }: { readonly title: string; readonly more?: string; readonly children: ReactNode }) {
  return (
    <Stack gap="sm" component="section" aria-label={title}>
      <div>
        <Text size="xs" fw={600} c="dimmed">{title}</Text>
        {more && <Text size="xs" c="dimmed">{more}</Text>}
      </div>
      {children}
    </Stack>
  );
}
