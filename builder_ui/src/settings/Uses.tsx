import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import { says } from './partsWords';

const MOST = 6;

/** The journeys that name a thing. */
export function Uses({ uses }: { readonly uses: readonly { readonly journey: string; readonly name: string; readonly is_live: boolean }[] }) {
  if (uses.length === 0) return <Text size="xs" c="dimmed">{says.usedBy}: {says.unused}</Text>;
  return (
    <Group gap={6}>
      <Text size="xs" c="dimmed">{says.usedBy}:</Text>
      {uses.slice(0, MOST).map(({ journey, name, is_live }) => <Anchor key={journey} component={Link} to={`/journeys/${journey}`} size="xs">{name}{is_live ? '' : ` (${says.draftOnly})`}</Anchor>)}
      {uses.length > MOST && <Text size="xs" c="dimmed">+{uses.length - MOST}</Text>}
    </Group>
  );
}
