import { Box, Group, Paper, Text, ThemeIcon } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle, IconBolt, IconMessage2, IconPlus } from '@tabler/icons-react';
import { Handle, Position, type Node as FlowNode, type NodeProps } from '@xyflow/react';
import { memo } from 'react';

import type { Problem } from '../api/types';
import type { Node, Trigger } from '../generated/journey';
import { HEIGHT, WIDTH } from '../graph/flow';
import { type Path, TRIGGER } from '../graph/paths';
import { sayTrigger } from '../graph/words';
import { describeNode } from '../nodes/registry';
import { useEditor } from './context';
import { handleX, nameHandle, waysOf } from './drawing';
import { says } from './words';

export type EditData = {
  readonly node: Node | null;
  /** Of the card that stands for it. */
  readonly trigger: Trigger | null;
  readonly start: string | null;
  readonly problems: readonly Problem[];
};
export type EditNode = FlowNode<EditData, 'step'>;

/** One step of the draft: what it does in words, what is wrong with it, and its ways out to draw from. */
export const EditCard = memo(function EditCard({ id, data, selected }: NodeProps<EditNode>) {
  const { mayEdit } = useEditor();
  const { node, trigger, start, problems } = data;
  const shown = node ? describeNode(node) : { ...sayTrigger(trigger ?? { kind: 'manual' }), name: says.trigger, color: 'violet', icon: IconBolt };
  const { icon: Picture, color } = shown;
  const ways = waysOf(node, start);
  const worst = problems.find(({ severity }) => severity === 'error') ?? problems[0];
  const border = worst ? (worst.severity === 'error' ? 'red' : 'yellow') : color;
  return (
    <Paper withBorder radius="md" w={WIDTH} h={HEIGHT} shadow={selected ? 'md' : 'xs'} aria-label={`${shown.name}: ${shown.title}`} className="step"
      style={{ ...(worst ? { borderColor: `var(--mantine-color-${border}-6)` } : {}), ...(selected ? { borderColor: `var(--mantine-color-${border}-6)`, outline: `3px solid var(--mantine-color-${border}-light)` } : {}) }}>
      {id !== TRIGGER && <Handle id="in" type="target" position={Position.Top} isConnectable={mayEdit} />}
      <Group gap="sm" px="sm" pt="sm" pb={8} wrap="nowrap" align="flex-start" h="100%">
        <ThemeIcon variant="light" color={color} size={34} radius="md"><Picture size={19} stroke={1.8} /></ThemeIcon>
        <Box miw={0} flex={1}>
          <Text size="sm" fw={600} lh={1.25} lineClamp={2} title={shown.title}>{shown.title}</Text>
          <Text size="xs" c="dimmed" truncate title={shown.more}>{shown.more}</Text>
          {node?.note && <Text size="xs" truncate mt={4} title={node.note}><IconMessage2 size={12} aria-label={says.note} className="inline" /> {node.note}</Text>}
        </Box>
        {worst && (worst.severity === 'error'
          ? <IconAlertCircle size={18} color="var(--mantine-color-red-6)" aria-label={worst.message} role="img"><title>{worst.message}</title></IconAlertCircle>
          : <IconAlertTriangle size={18} color="var(--mantine-color-yellow-6)" aria-label={worst.message} role="img"><title>{worst.message}</title></IconAlertTriangle>)}
      </Group>
      {ways.map((way, place) => <WayOutHandle key={nameHandle(way.at)} id={id} way={way} x={handleX(place, ways.length)} count={ways.length} />)}
    </Paper>
  );
});

/** Where a way begins: to draw from; and while it leads nowhere, its open end with a plus. */
function WayOutHandle({ id, way, x, count }: { readonly id: string; readonly way: Path; readonly x: number; readonly count: number }) {
  const { mayEdit, pick } = useEditor();
  const label = way.label === 'next' ? '' : way.label;
  return (
    <>
      <Handle id={nameHandle(way.at)} type="source" position={Position.Bottom} isConnectable={mayEdit} style={{ left: x }} title={label} />
      {way.next === null && (
        <div className="open-end" style={{ left: x, maxWidth: WIDTH / count }}>
          <span className="stem" />
          {label && <Text span size="xs" c="dimmed" truncate maw="100%">{label}</Text>}
          {mayEdit && (
            <button type="button" className="plus nodrag nopan" data-way={`${id}|${nameHandle(way.at)}`} aria-label={`${says.addOn(label)} (${id})`}
              onClick={(event) => {
                event.stopPropagation();
                pick({ way: { node: id, at: way.at } }, label);
              }}><IconPlus size={14} /></button>
          )}
        </div>
      )}
    </>
  );
}
