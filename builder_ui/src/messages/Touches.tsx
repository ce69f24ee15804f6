import { Group, Text, ThemeIcon } from '@mantine/core';
import { IconClick, IconEye } from '@tabler/icons-react';

import { Card } from '../ui/Card';
import { Tag } from '../ui/Tag';
import { sayFully, sayInstant } from '../words/formats';
import type { Touch } from './asks';
import { madeByColor, sayTouchWhy } from './told';
import { says } from './words';

/** Who opened the letter and followed its links, and whether that was a person. */
export function Touches({ touches }: { readonly touches: readonly Touch[] }) {
  if (touches.length === 0) return null;
  return (
    <Card title={says.touches}>
      <Text size="xs" c="dimmed">{says.touchesMore}</Text>
      <ol className="plain fates">
        {touches.map((touch, place) => (
          <li key={place}>
            <ThemeIcon variant="light" color={madeByColor(touch)} size={20} radius="xl">{touch.kind === 'click' ? <IconClick size={13} /> : <IconEye size={13} />}</ThemeIcon>
            <div className="grow">
              <Group gap={6} justify="space-between" wrap="nowrap">
                <Text size="sm" fw={500}>{touch.kind === 'click' ? says.clickedIt : says.openedIt}</Text>
                <Text size="xs" c="dimmed" className="numbers fixed" title={sayFully(touch.at)}>{sayInstant(touch.at)}</Text>
              </Group>
              {touch.url && <Text size="xs" className="wrapped">{touch.url}</Text>}
              <Group gap={6} mt={2}><Tag color={madeByColor(touch)}>{says.madeBy[touch.made_by ?? 'open']}</Tag>{touch.why && <Text size="xs" c="dimmed">{sayTouchWhy(touch.why)}</Text>}</Group>
              <Text size="xs" c="dimmed" lineClamp={1} title={touch.agent}>{[touch.network, touch.agent].filter(Boolean).join(' · ')}</Text>
            </div>
          </li>
        ))}
      </ol>
    </Card>
  );
}
