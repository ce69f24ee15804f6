import { Button, Group, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { words } from '../words/language';

const says = words({
  en: { stale: (why: string) => `This page may be out of date: ${why}`, again: 'Try again' },
  de: { stale: (why: string) => `Diese Seite ist vielleicht veraltet: ${why}`, again: 'Noch einmal versuchen' },
});

/** What is shown is no longer fresh: said once above the page, which stays as it was. */
export function Stale() {
  const queries = useQueryClient();
  const cache = queries.getQueryCache();
  const error = useSyncExternalStore(
    (changed) => cache.subscribe(changed),
    () => cache.getAll().find((query) => query.isActive() && query.state.status === 'error' && query.state.data !== undefined)?.state.error ?? null,
  );
  if (!error) return null;
  return (
    <Group role="status" px="md" py={6} justify="space-between" wrap="nowrap" bg="var(--mantine-color-yellow-light)">
      <Text size="sm">{says.stale(error.message)}</Text>
      <Button size="compact-xs" variant="default" onClick={() => void queries.refetchQueries({ type: 'active' })}>{says.again}</Button>
    </Group>
  );
}
