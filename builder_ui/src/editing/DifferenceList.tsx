import { Group, ScrollArea, Stack, Text } from '@mantine/core';

import type { Journey } from '../generated/journey';
import { findNode } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import { Tag, type TagColor } from '../ui/Tag';
import { type Difference, type Differences, isEqual, type Setting } from './differences';
import { says } from './words';

export const COLORS: Readonly<Record<Difference, TagColor>> = { added: 'green', changed: 'yellow', removed: 'red' };

/** What differs, step by step in words. */
export function DifferenceList({ from, to, differences, height = 320 }: { readonly from: Journey; readonly to: Journey; readonly differences: Differences; readonly height?: number }) {
  if (isEqual(differences)) return <Text size="sm" c="dimmed">{says.same}</Text>;
  return (
    <ScrollArea.Autosize mah={height}>
      <Stack gap={8} component="ul" className="plain">
        {differences.parts.map((part) => <Row key={part} difference="changed" words={says.parts[part] ?? part} />)}
        {[...differences.nodes].map(([key, difference]) => {
          const before = sayTitle(from, key);
          const after = sayTitle(to, key);
          const words = difference === 'changed' && before !== after ? `${before} → ${after}` : after || before;
          return <Row key={key} difference={difference} words={words} more={key} details={(differences.settings.get(key) ?? []).map((setting) => saySetting(to, setting))} />;
        })}
        {differences.isMoved && differences.nodes.size === 0 && differences.parts.length === 0 && <li><Text size="sm" c="dimmed">{says.moved}</Text></li>}
      </Stack>
    </ScrollArea.Autosize>
  );
}

function sayTitle(journey: Journey, key: string): string {
  const node = findNode(journey, key);
  return node ? describeNode(node).title : '';
}

/** A setting that changed: short values in full, where a way leads by the name of the step. */
function saySetting(to: Journey, { name, before, after }: Setting): string {
  if (name === 'next') return says.leadsNow(typeof after === 'string' ? sayTitle(to, after) || after : '');
  const [old, now] = [sayValue(before), sayValue(after)];
  return old === null || now === null ? says.settingChanged(name) : `${name}: ${old} → ${now}`;
}

const LONG = 60;

function sayValue(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return '–';
  if (typeof value === 'string') return value.length > LONG ? `${value.slice(0, LONG)} …` : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function Row({ difference, words, more, details = [] }: { readonly difference: Difference; readonly words: string; readonly more?: string; readonly details?: readonly string[] }) {
  return (
    <Group component="li" gap="sm" wrap="nowrap" align="flex-start">
      <Tag color={COLORS[difference]}>{says[difference]}</Tag>
      <div className="grow">
        <Text size="sm">{words} {more && <Text span size="xs" c="dimmed">{more}</Text>}</Text>
        {details.map((detail) => <Text key={detail} size="xs" c="dimmed">{detail}</Text>)}
      </div>
    </Group>
  );
}
