import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import type { Segment } from './asks';
import { says } from './words';

/** The journeys and segments that ask about it. */
export function UsedBy({ segment: { used_by, asked_by } }: { readonly segment: Segment }) {
  if (used_by.length === 0 && asked_by.length === 0) return <Text size="sm" c="dimmed">{says.nobody}</Text>;
  return (
    <Group gap={8}>
      {used_by.map(({ journey, name, is_live }) => <Anchor key={journey} component={Link} to={`/journeys/${journey}`} size="sm">{name} ({is_live ? says.live : says.draftOnly})</Anchor>)}
      {asked_by.map((key) => <Anchor key={key} component={Link} to={`/segments/${key}`} size="sm">{says.segment(key)}</Anchor>)}
    </Group>
  );
}
