import { Alert, Button, Center, Loader, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconAlertTriangle, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import { words } from '../words/language';

const says = words({
  en: { loading: 'Loading', failed: 'That did not work', again: 'Try again' },
  de: { loading: 'Wird geladen', failed: 'Das hat nicht geklappt', again: 'Noch einmal versuchen' },
});

/** Something is on its way. */
export function Loading() {
  return (
    <Center h={240}>
      <Loader size="sm" role="status" aria-label={says.loading} />
    </Center>
  );
}

/** It did not work: what the server said, and a way to try again. */
export function Failure({ error, retry }: { readonly error: Error; readonly retry?: () => void }) {
  return (
    <Alert m="md" color="red" variant="light" icon={<IconAlertTriangle size={18} />} title={says.failed}>
      <Stack gap="sm" align="flex-start">
        <Text size="sm">{error.message}</Text>
        {retry && (
          <Button size="xs" variant="default" onClick={retry}>
            {says.again}
          </Button>
        )}
      </Stack>
    </Alert>
  );
}

/** Nothing is here yet, and how something comes to be. */
export function Empty({ icon: Picture, title, action, children }: { readonly icon: Icon; readonly title: string; readonly action?: ReactNode; readonly children: ReactNode }) {
  return (
    <Center mih={280} p="md">
      <Stack align="center" gap="xs" maw={420}>
        <ThemeIcon size={48} radius="xl" variant="light">
          <Picture size={24} stroke={1.6} />
        </ThemeIcon>
        <Title order={2} size="h4" ta="center">{title}</Title>
        <Text size="sm" c="dimmed" ta="center">{children}</Text>
        {action}
      </Stack>
    </Center>
  );
}
