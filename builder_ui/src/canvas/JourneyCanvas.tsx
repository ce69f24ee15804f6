import '@xyflow/react/dist/style.css';

import { useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Background, BackgroundVariant, Controls, type Edge, MarkerType, MiniMap, ReactFlow } from '@xyflow/react';
import { useMemo } from 'react';

import type { Report } from '../api/types';
import type { Journey } from '../generated/journey';
import { draw, HEIGHT, WIDTH } from '../graph/flow';
import { type CardNode, StepCard } from './StepCard';

const TYPES = { card: StepCard };
/** So many cards are seen at a glance; a map of them would only cover some. */
const FEW = 16;

/** A journey's graph with live counts; the stored document is shown as it is. */
export function JourneyCanvas({ journey, report, chosen, choose }: {
  readonly journey: Journey;
  readonly report: Report | null;
  readonly chosen: string | null;
  readonly choose: (key: string | null) => void;
}) {
  const scheme = useComputedColorScheme('light');
  const isNarrow = useMediaQuery('(max-width: 48em)') ?? false;
  const drawing = useMemo(() => draw(journey), [journey]);
  const nodes: CardNode[] = drawing.steps.map(({ id, node, x, y }) => ({
    id,
    type: 'card',
    position: { x, y },
    width: WIDTH,
    height: HEIGHT,
    selected: id === chosen,
    data: { node, trigger: journey.trigger, report: report?.nodes[id] ?? null, entered: report?.entered ?? 0 },
  }));
  const edges: Edge[] = drawing.lines.map(({ id, from, to, label }) => {
    const count = report?.nodes[from]?.paths[label];
    const words = [label === 'next' ? '' : label, count ? count.toLocaleString() : ''].filter(Boolean).join(' · ');
    return { id, source: from, target: to, type: 'smoothstep', label: words, markerEnd: { type: MarkerType.ArrowClosed }, labelBgPadding: [6, 3] };
  });
  return (
    <ReactFlow className="canvas" nodes={nodes} edges={edges} nodeTypes={TYPES} colorMode={scheme} fitView fitViewOptions={{ padding: 0.15, maxZoom: 1 }}
      minZoom={0.2} nodesDraggable={false} nodesConnectable={false} edgesFocusable={false}
      onNodeClick={(_event, { id }) => choose(id)} onPaneClick={() => choose(null)}
      onSelectionChange={({ nodes: selected }) => selected[0] && choose(selected[0].id)}>
      <Background variant={BackgroundVariant.Dots} gap={18} />
      <Controls showInteractive={false} position={isNarrow ? 'top-left' : 'bottom-left'} />
      {!isNarrow && nodes.length > FEW && <MiniMap pannable zoomable style={{ width: 130, height: 90 }} nodeColor="var(--line)" />}
    </ReactFlow>
  );
}
