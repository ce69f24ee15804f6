import { Group, ScrollArea, Stack, Text } from '@mantine/core';

import type { Overlay } from '../canvas/overlay';
import type { Journey } from '../generated/journey';
import { findNode } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import { Tag, type TagColor } from '../ui/Tag';
import { type Difference, type Differences, isEqual } from './differences';
import { says } from './words';

const COLORS: Readonly<Record<Difference, TagColor>> = { added: 'green', changed: 'yellow', removed: 'red' };

/** What differs, step by step in words. */
export function DifferenceList({ from, to, differences }: { readonly from: Journey; readonly to: Journey; readonly differences: Differences }) {
  if (isEqual(differences)) return <Text size="sm" c="dimmed">{says.same}</Text>;
  const title = (journey: Journey, key: string) => {
    const node = findNode(journey, key);
    return node ? describeNode(node).title : '';
  };
  return (
    <ScrollArea.Autosize mah={320}>
      <Stack gap={6} component="ul" className="plain">
        {differences.parts.map((part) => <Row key={part} difference="changed" words={says.parts[part] ?? part} />)}
        {[...differences.nodes].map(([key, difference]) => {
          const before = title(from, key);
          const after = title(to, key);
          const words = difference === 'changed' && before !== after ? `${before} → ${after}` : after || before;
          return <Row key={key} difference={difference} words={words} more={key} />;
        })}
        {differences.isMoved && differences.nodes.size === 0 && differences.parts.length === 0 && <li><Text size="sm" c="dimmed">{says.moved}</Text></li>}
      </Stack>
    </ScrollArea.Autosize>
  );
}

function Row({ difference, words, more }: { readonly difference: Difference; readonly words: string; readonly more?: string }) {
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <Tag color={COLORS[difference]}>{says[difference]}</Tag>
      <Text size="sm">{words} {more && <Text span size="xs" c="dimmed">{more}</Text>}</Text>
    </Group>
  );
}

/** What differs, laid over the drawing of either document. */
export function drawDifferences({ nodes }: Differences): Overlay {
  return { nodes: Object.fromEntries([...nodes].map(([key, difference]) => [key, [{ words: says[difference], color: COLORS[difference] }]])), lines: {}, trail: null };
}
