import { Box, Group, Paper, Text, ThemeIcon, UnstyledButton } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';
import { Handle, Position, type Node as FlowNode, type NodeProps } from '@xyflow/react';

import type { Node, Trigger } from '../generated/journey';
import { HEIGHT, WIDTH } from '../graph/flow';
import { sayTrigger } from '../graph/words';
import { describeNode } from '../nodes/registry';
import { colorText, type TagColor } from '../ui/Tag';
import type { Mark } from './overlay';
import { handleX, nameHandle, waysOf } from './ways';

export type CardData = {
  readonly node: Node | null;
  readonly trigger: Trigger;
  readonly marks: readonly Mark[];
  readonly isFaint: boolean;
  /** The colour of its frame. */
  readonly tint?: TagColor | null;
};
export type CardNode = FlowNode<CardData, 'card'>;

/** One node on the canvas: what it does in plain words, and what is laid over it. */
export function StepCard({ data, selected }: NodeProps<CardNode>) {
  const shown = data.node ? describeNode(data.node) : { ...sayTrigger(data.trigger), name: 'Trigger', color: 'violet', icon: IconBolt };
  const { icon: Picture, color } = shown;
  const { tint = null } = data;
  const ways = waysOf(data.node, null);
  return (
    <Paper withBorder radius="md" w={WIDTH} h={HEIGHT} shadow={selected ? 'md' : 'xs'} aria-label={`${shown.name}: ${shown.title}`} className={data.isFaint ? 'faint' : undefined}
      style={{ display: 'flex', flexDirection: 'column', ...(tint ? { borderColor: `var(--mantine-color-${tint}-6)`, boxShadow: `0 0 0 2px var(--mantine-color-${tint}-6)` } : {}), ...(selected ? { borderColor: `var(--mantine-color-${color}-6)`, outline: `3px solid var(--mantine-color-${color}-light)` } : {}) }}>
      {data.node && <Handle id="in" type="target" position={Position.Top} isConnectable={false} />}
      <Group gap="sm" px="sm" pt="sm" pb={8} wrap="nowrap" align="flex-start" flex={1}>
        <ThemeIcon variant="light" color={color} size={34} radius="md"><Picture size={19} stroke={1.8} /></ThemeIcon>
        <Box miw={0}>
          <Text size="sm" fw={600} lh={1.25} lineClamp={2} title={shown.title}>{shown.title}</Text>
          <Text size="xs" c="dimmed" truncate title={shown.more}>{shown.more}</Text>
        </Box>
      </Group>
      {data.marks.length > 0 && (
        <Group px="sm" py={5} gap="md" wrap="nowrap" style={{ borderTop: '1px solid var(--mantine-color-default-border)' }}>
          {data.marks.map((mark) => <Marked key={mark.words} mark={mark} />)}
        </Group>
      )}
      {ways.map(({ at }, place) => <Handle key={nameHandle(at)} id={nameHandle(at)} type="source" position={Position.Bottom} isConnectable={false} style={{ left: handleX(place, ways.length) }} />)}
    </Paper>
  );
}

function Marked({ mark: { words, color, title, open } }: { readonly mark: Mark }) {
  const text = <Text size="xs" className="numbers" truncate {...(color ? { fw: 600, c: colorText(color) } : { c: 'dimmed' })} {...(title ? { title } : {})}>{words}</Text>;
  if (!open) return text;
  return (
    <UnstyledButton className="nodrag marked" onClick={(event) => {
      event.stopPropagation();
      open();
    }}>{text}</UnstyledButton>
  );
}
