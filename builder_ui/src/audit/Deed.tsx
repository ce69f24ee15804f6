import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';

import type { Done } from './asks';
import { findScreen, sayDeed, sayWho } from './sayDone';

/** Who did what to what, in a line. */
export function Deed({ done }: { readonly done: Done }) {
  const screen = findScreen(done);
  return (
    <Text size="sm" className="wrapped">
      <Text span inherit fw={600}>{sayWho(done)}</Text> {sayDeed(done)}{' '}
      {screen === null ? !done.action.startsWith(`${done.target}.`) && <Text span inherit c="dimmed">{done.target}</Text> : <Anchor component={Link} to={screen} size="sm" underline="always">{done.target}</Anchor>}
    </Text>
  );
}
