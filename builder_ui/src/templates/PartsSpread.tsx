import { Alert, Loader, Stack, Text } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';

import type { Condition } from '../generated/journey';
import { sayNumber } from '../words/formats';
import { askParts } from './asks';
import { nameSign, sayCosts, sayCounts, sayRange, sayUnmade, says } from './partsSpread';

/** How many parts a text takes with the people whom it is for, and what that costs. */
export function PartsSpread({ source, template, audience, data, reached }: {
  readonly source?: string | undefined;
  readonly template?: string | undefined;
  readonly audience?: Condition | undefined;
  readonly data?: Record<string, unknown> | undefined;
  /** How many will get it, where that is known. */
  readonly reached?: number | null | undefined;
}) {
  const settled = useDeferredValue(source);
  const { data: parts, error, isFetching } = useQuery(askParts({ source: settled, template, audience, data }));
  if (error) return <Text size="xs" c="dimmed">{error.message}</Text>;
  if (!parts) return isFetching ? <Loader size={14} role="status" aria-label={says.counting} /> : null;
  if (parts.people === 0) return <Text size="xs" c="dimmed">{says.nobody}</Text>;
  const [costly] = Object.keys(parts.costly);
  const costs = sayCosts(parts, reached ?? null);
  return (
    <Stack gap={4} role="status">
      {parts.people > parts.unmade && (
        <Text size="sm"><Text span inherit fw={600}>{sayRange(parts)}</Text> <Text span inherit c="dimmed">{sayCounts(parts)}</Text></Text>
      )}
      {costs && <Text size="sm" className="numbers">{costs}</Text>}
      {parts.unmade > 0 && <Text size="xs" c="dimmed">{sayUnmade(parts)}</Text>}
      {costly !== undefined && <Alert color="orange" variant="light" p="xs" icon={<IconInfoCircle size={16} />}>{says.costly(nameSign(costly), sayNumber(parts.costly[costly] ?? 0), sayNumber(parts.people - parts.unmade))}</Alert>}
      <Text size="xs" c="dimmed">{says.sample(sayNumber(parts.people))}</Text>
    </Stack>
  );
}
