import '@xyflow/react/dist/style.css';

import { useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Background, BackgroundVariant, Controls, MarkerType, MiniMap, ReactFlow, ReactFlowProvider } from '@xyflow/react';
import { type ReactNode, useMemo } from 'react';

import type { Journey } from '../generated/journey';
import { draw, HEIGHT, WIDTH } from '../graph/flow';
import { NO_OVERLAY, type Overlay } from './overlay';
import { type LookedEdge, RoutedLine } from './RoutedLine';
import { type CardNode, StepCard } from './StepCard';
import { findHandle, listHandles, routeLines, waysOf } from './ways';
import { sayWay } from '../graph/sayWay';

const TYPES = { card: StepCard };
const LINE_TYPES = { routed: RoutedLine };
/** So many cards are seen at a glance; a map of them would only cover some. */
const FEW = 16;
/** How broad a line is over which nothing went, and how much broader one over which everything did; in pixels. */
const THIN = 1.5;
const BROADER = 3.5;
/** As large however broad its line is. */
const ARROW = { type: MarkerType.ArrowClosed, markerUnits: 'userSpaceOnUse', width: 20, height: 20 } as const;

type Looked = {
  readonly journey: Journey;
  readonly overlay?: Overlay;
  readonly chosen: string | null;
  readonly choose: (key: string | null) => void;
  /** What moves over the drawing, within its coordinates. */
  readonly children?: ReactNode;
};

/** A journey's graph, to look at: the stored document as it is, with what is laid over it. */
export function JourneyCanvas(props: Looked) {
  // Of its own, since it may be shown within another canvas's provider.
  return <ReactFlowProvider><Drawn {...props} /></ReactFlowProvider>;
}

function Drawn({ journey, overlay = NO_OVERLAY, chosen, choose, children }: Looked) {
  const scheme = useComputedColorScheme('light');
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const { trail, tints, ghosts } = overlay;
  const drawing = useMemo(() => {
    const drawn = draw(journey);
    return ghosts ? { ...drawn, lines: [...drawn.lines, ...ghosts] } : drawn;
  }, [journey, ghosts]);
  const routes = useMemo(() => routeLines(drawing), [drawing]);
  const nodes: CardNode[] = drawing.steps.map(({ id, node, x, y }) => ({
    id,
    type: 'card',
    position: { x, y },
    width: WIDTH,
    height: HEIGHT,
    measured: { width: WIDTH, height: HEIGHT },
    selected: id === chosen,
    handles: listHandles(id, waysOf(node, null)),
    data: { node, trigger: journey.trigger, marks: overlay.nodes[id] ?? [], isFaint: trail !== null && !trail.nodes.has(id), tint: tints?.nodes.get(id) ?? null },
  }));
  const cards = new Map(drawing.steps.map(({ id, node }) => [id, node]));
  const edges = drawing.lines.map(({ id, from, at, to, label }): LookedEdge => {
    const words = [sayWay(at, label), overlay.lines[id] ?? ''].filter(Boolean).join(' · ');
    const className = ghosts?.some((ghost) => ghost.id === id) ? 'ghost' : trail === null ? '' : trail.lines.has(id) ? 'gone' : 'faint';
    const tint = tints?.lines.get(id);
    const weight = overlay.weights?.[id];
    const color = tint === undefined ? null : `var(--mantine-color-${tint}-6)`;
    return {
      id, type: 'routed', source: from, sourceHandle: findHandle(cards.get(from) ?? null, at), target: to, targetHandle: 'in', className, data: { words, route: routes.get(id), color, ...(weight === undefined ? {} : { width: THIN + weight * BROADER }) },
      markerEnd: { ...ARROW, ...(color === null ? {} : { color }) },
    };
  });
  return (
    <ReactFlow className="canvas" nodes={nodes} edges={edges} nodeTypes={TYPES} edgeTypes={LINE_TYPES} colorMode={scheme} fitView fitViewOptions={{ padding: 0.15, maxZoom: 1 }}
      minZoom={0.04} nodesDraggable={false} nodesConnectable={false} edgesFocusable={false} onlyRenderVisibleElements={nodes.length > 100}
      onNodeClick={(_event, { id }) => choose(id)} onPaneClick={() => choose(null)}
      onNodesChange={(changes) => changes.forEach((change) => change.type === 'select' && change.selected && choose(change.id))}>
      {children}
      <Background variant={BackgroundVariant.Dots} gap={18} />
      <Controls showInteractive={false} position={isNarrow ? 'top-left' : 'bottom-left'} />
      {!isNarrow && nodes.length > FEW && <MiniMap pannable zoomable style={{ width: 130, height: 90 }} nodeColor="var(--line)" />}
    </ReactFlow>
  );
}
