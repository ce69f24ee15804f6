import { Badge } from '@mantine/core';

import type { JourneyState } from '../api/types';

const COLORS: Readonly<Record<JourneyState, string>> = { live: 'green', draft: 'gray', paused: 'orange', stopped: 'red' };

/** Where a journey stands. */
export function State({ state, version }: { readonly state: JourneyState; readonly version: number | null }) {
  const color = COLORS[state];
  return (
    <Badge color={color} variant="light" c={`light-dark(var(--mantine-color-${color}-9), var(--mantine-color-${color}-3))`} tt="none">
      {state}{version === null ? '' : ` · v${version}`}
    </Badge>
  );
}
