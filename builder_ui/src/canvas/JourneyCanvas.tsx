import '@xyflow/react/dist/style.css';

import { useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Background, BackgroundVariant, Controls, type Edge, MarkerType, MiniMap, Position, ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { useCallback, useMemo } from 'react';

import type { Journey } from '../generated/journey';
import { draw, HEIGHT, WIDTH } from '../graph/flow';
import { NO_OVERLAY, type Overlay } from './overlay';
import { type CardNode, StepCard } from './StepCard';

const TYPES = { card: StepCard };
/** So many cards are seen at a glance; a map of them would only cover some. */
const FEW = 16;
/** How broad a line is over which nothing went, and how much broader one over which everything did; in pixels. */
const THIN = 1.5;
const BROADER = 3.5;
/** As large however broad its line is. */
const ARROW = { type: MarkerType.ArrowClosed, markerUnits: 'userSpaceOnUse', width: 20, height: 20 } as const;

// Said, not measured: lines stay drawn while figures change.
const ABOVE = { type: 'target', position: Position.Top, x: WIDTH / 2, y: 0, width: 1, height: 1 } as const;
const BELOW = { type: 'source', position: Position.Bottom, x: WIDTH / 2, y: HEIGHT, width: 1, height: 1 } as const;

type Looked = {
  readonly journey: Journey;
  readonly overlay?: Overlay;
  readonly chosen: string | null;
  readonly choose: (key: string | null) => void;
};

/** A journey's graph, to look at: the stored document as it is, with what is laid over it. */
export function JourneyCanvas(props: Looked) {
  // Of its own, since it may be shown within another canvas's provider.
  return <ReactFlowProvider><Drawn {...props} /></ReactFlowProvider>;
}

function Drawn({ journey, overlay = NO_OVERLAY, chosen, choose }: Looked) {
  const scheme = useComputedColorScheme('light');
  const isNarrow = useMediaQuery('(max-width: 48em)') ?? false;
  const drawing = useMemo(() => draw(journey), [journey]);
  const { trail } = overlay;
  // The same function as long as may be: with a new one the last selection is told anew, though nothing was selected.
  const follow = useCallback(({ nodes: [selected] }: { readonly nodes: readonly { readonly id: string }[] }) => selected && choose(selected.id), [choose]);
  const nodes: CardNode[] = drawing.steps.map(({ id, node, x, y }) => ({
    id,
    type: 'card',
    position: { x, y },
    width: WIDTH,
    height: HEIGHT,
    measured: { width: WIDTH, height: HEIGHT },
    handles: node === null ? [BELOW] : [ABOVE, BELOW],
    selected: id === chosen,
    data: { node, trigger: journey.trigger, marks: overlay.nodes[id] ?? [], isFaint: trail !== null && !trail.nodes.has(id) },
  }));
  const edges: Edge[] = drawing.lines.map(({ id, from, to, label }) => {
    const words = [label === 'next' ? '' : label, overlay.lines[id] ?? ''].filter(Boolean).join(' · ');
    const className = trail === null ? '' : trail.lines.has(id) ? 'gone' : 'faint';
    const weight = overlay.weights?.[id];
    return { id, ...(weight === undefined ? {} : { style: { strokeWidth: THIN + weight * BROADER } }), source: from, target: to, type: 'smoothstep', label: words, className, markerEnd: ARROW, labelBgPadding: [6, 3] };
  });
  return (
    <ReactFlow className="canvas" nodes={nodes} edges={edges} nodeTypes={TYPES} colorMode={scheme} fitView fitViewOptions={{ padding: 0.15, maxZoom: 1 }}
      minZoom={0.1} nodesDraggable={false} nodesConnectable={false} edgesFocusable={false} onlyRenderVisibleElements={nodes.length > 100}
      onNodeClick={(_event, { id }) => choose(id)} onPaneClick={() => choose(null)}
      onSelectionChange={follow}>
      <Background variant={BackgroundVariant.Dots} gap={18} />
      <Controls showInteractive={false} position={isNarrow ? 'top-left' : 'bottom-left'} />
      {!isNarrow && nodes.length > FEW && <MiniMap pannable zoomable style={{ width: 130, height: 90 }} nodeColor="var(--line)" />}
    </ReactFlow>
  );
}
