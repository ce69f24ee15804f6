import { Box, Group, Paper, Text, ThemeIcon } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { Handle, Position, type Node as FlowNode, type NodeProps } from '@xyflow/react';

import type { NodeReport } from '../api/types';
import type { Node, Trigger } from '../generated/journey';
import { HEIGHT, WIDTH } from '../graph/flow';
import { sayTrigger } from '../graph/words';
import { describeNode } from '../nodes/registry';

export type CardData = {
  readonly node: Node | null;
  readonly trigger: Trigger;
  readonly report: NodeReport | null;
  readonly entered: number;
};
export type CardNode = FlowNode<CardData, 'card'>;

/** One node on the canvas: what it does in plain words, and how many people are there now. */
export function StepCard({ data, selected }: NodeProps<CardNode>) {
  const shown = data.node ? describeNode(data.node) : { ...sayTrigger(data.trigger), name: 'Trigger', color: 'violet', icon: IconBolt };
  const { icon: Picture, color } = shown;
  const waiting = data.report?.waiting ?? 0;
  const entered = data.node ? (data.report?.entered ?? 0) : data.entered;
  return (
    <Paper withBorder radius="md" w={WIDTH} h={HEIGHT} shadow={selected ? 'md' : 'xs'} aria-label={`${shown.name}: ${shown.title}`}
      style={{ display: 'flex', flexDirection: 'column', ...(selected ? { borderColor: `var(--mantine-color-${color}-6)`, outline: `3px solid var(--mantine-color-${color}-light)` } : {}) }}>
      {data.node && <Handle type="target" position={Position.Top} isConnectable={false} />}
      <Group gap="sm" px="sm" pt="sm" pb={8} wrap="nowrap" align="flex-start" flex={1}>
        <ThemeIcon variant="light" color={color} size={34} radius="md"><Picture size={19} stroke={1.8} /></ThemeIcon>
        <Box miw={0}>
          <Text size="sm" fw={600} lh={1.25} lineClamp={2} title={shown.title}>{shown.title}</Text>
          <Text size="xs" c="dimmed" truncate title={shown.more}>{shown.more}</Text>
        </Box>
      </Group>
      <Group px="sm" py={5} gap="md" style={{ borderTop: '1px solid var(--mantine-color-default-border)' }}>
        <Text size="xs" c="dimmed" className="numbers">{entered.toLocaleString()} entered</Text>
        {waiting > 0 && (
          <Text size="xs" fw={600} className="numbers" c={`light-dark(var(--mantine-color-${color}-9), var(--mantine-color-${color}-3))`}>
            {waiting.toLocaleString()} here now
          </Text>
        )}
      </Group>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </Paper>
  );
}
