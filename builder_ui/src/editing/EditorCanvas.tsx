import '@xyflow/react/dist/style.css';

import { useComputedColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import {
  Background, BackgroundVariant, type Connection, Controls, type FinalConnectionState, MiniMap, type NodeChange, Panel, ReactFlow, useReactFlow,
} from '@xyflow/react';
import { type DragEvent, type ReactNode, useMemo, useRef, useState } from 'react';

import type { Problem } from '../api/types';
import type { Journey, Position } from '../generated/journey';
import { type EditStep, steps } from '../graph/edit/steps';
import { HEIGHT, listLines, WIDTH } from '../graph/flow';
import { TRIGGER, type WayOut } from '../graph/paths';
import { NODES } from '../nodes/registry';
import type { Kind } from '../nodes/types';
import type { Target } from './adding';
import { type Dragged, Drawer, readHandle, type WayEdge } from './drawing';
import { EditCard, type EditNode } from './EditCard';
import { DRAGGED } from './Palette';
import { WayLine } from './WayLine';

const NODE_TYPES = { step: EditCard };
const EDGE_TYPES = { way: WayLine };
/** So many cards are seen at a glance; a map of them would only cover some. */
const FEW = 16;
const NOBODY: Dragged = new Map();
const GRID: [number, number] = [8, 8];
const SEVERAL = ['Meta', 'Control', 'Shift'];

export type EditorCanvasProps = {
  readonly journey: Journey;
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  readonly chosen: ReadonlySet<string>;
  readonly choose: (chosen: ReadonlySet<string>) => void;
  readonly line: string | null;
  readonly chooseLine: (id: string | null) => void;
  readonly mayEdit: boolean;
  readonly edit: (step: EditStep) => void;
  readonly add: (kind: Kind, target: Target) => void;
  readonly pick: (target: Target, label: string) => void;
  readonly children?: ReactNode;
};

/** The draft, to draw on: every gesture becomes a step that can be undone. */
export function EditorCanvas({ journey, problems, chosen, choose, line, chooseLine, mayEdit, edit, add, pick, children }: EditorCanvasProps) {
  const scheme = useComputedColorScheme('light');
  const isNarrow = useMediaQuery('(max-width: 48em)') ?? false;
  const { screenToFlowPosition } = useReactFlow();
  const drawer = useRef<Drawer>(null);
  drawer.current ??= new Drawer();
  const [dragged, setDragged] = useState<Dragged>(NOBODY);
  const nodes = useMemo(() => drawer.current!.nodes(journey, chosen, problems, dragged), [journey, chosen, problems, dragged]);
  const edges = useMemo(() => drawer.current!.edges(journey, line), [journey, line]);

  const onNodesChange = (changes: readonly NodeChange<EditNode>[]) => {
    const places = new Map(dragged);
    const selection = new Set(chosen);
    let hasMoved = false;
    let hasChosen = false;
    for (const change of changes) {
      if (change.type === 'position' && change.position && change.dragging) {
        places.set(change.id, change.position);
        hasMoved = true;
      } else if (change.type === 'select') {
        if (change.selected) selection.add(change.id);
        else selection.delete(change.id);
        hasChosen = true;
      }
    }
    if (hasMoved) setDragged(places);
    if (hasChosen) choose(selection);
  };
  const drop = (_event: unknown, _node: unknown, moved: readonly EditNode[]) => {
    setDragged(NOBODY);
    const places = moved.filter(({ id }) => id !== TRIGGER).map(({ id, position }) => [id, position] as const);
    if (mayEdit && places.length > 0) edit(steps.move(Object.fromEntries(places)));
  };
  const placeAt = (event: { readonly clientX: number; readonly clientY: number }): Position => {
    const { x, y } = screenToFlowPosition({ x: event.clientX, y: event.clientY });
    return { x: x - WIDTH / 2, y: y - HEIGHT / 2 };
  };
  const onDrop = (event: DragEvent) => {
    const kind = event.dataTransfer.getData(DRAGGED);
    if (!Object.hasOwn(NODES, kind)) return;
    event.preventDefault();
    const way = findWay(journey, document.elementFromPoint(event.clientX, event.clientY));
    add(kind as Kind, way ? { way } : { at: placeAt(event) });
  };
  const onConnect = ({ source, sourceHandle, target }: Connection) => edit(steps.connect({ node: source, at: readHandle(sourceHandle) }, target));
  const onConnectEnd = (event: MouseEvent | TouchEvent, { fromNode, fromHandle, toNode, isValid }: FinalConnectionState) => {
    if (toNode || isValid || !fromNode || fromHandle?.type !== 'source') return;
    const point = 'changedTouches' in event ? event.changedTouches[0] : event;
    if (point) pick({ way: { node: fromNode.id, at: readHandle(fromHandle.id) }, at: placeAt(point) }, '');
  };
  const onReconnect = ({ data }: WayEdge, { source, sourceHandle, target }: Connection) => {
    const way: WayOut = { node: source, at: readHandle(sourceHandle) };
    const isSameWay = data?.way.node === way.node && data.way.at.join() === way.at.join();
    if (isSameWay || !data) edit(steps.connect(way, target));
    else edit({ ...steps.connect(way, target), change: (before) => steps.disconnect(data.way).change(steps.connect(way, target).change(before)) });
  };
  const onReconnectEnd = (_event: unknown, { data }: WayEdge, _type: unknown, { isValid }: FinalConnectionState) => {
    if (!isValid && data && data.way.node !== TRIGGER) edit(steps.disconnect(data.way));
  };
  return (
    <ReactFlow<EditNode, WayEdge> className="canvas editor" nodes={nodes} edges={edges} nodeTypes={NODE_TYPES} edgeTypes={EDGE_TYPES} colorMode={scheme} fitView fitViewOptions={{ padding: 0.15, maxZoom: 1 }}
      minZoom={0.1} maxZoom={2} snapToGrid snapGrid={GRID} onlyRenderVisibleElements={nodes.length > 100} nodesDraggable={mayEdit} nodesConnectable={mayEdit} edgesReconnectable={mayEdit} edgesFocusable={false}
      disableKeyboardA11y deleteKeyCode={null} selectionKeyCode="Shift" multiSelectionKeyCode={SEVERAL} connectionRadius={36} onNodesChange={onNodesChange} onNodeDragStop={drop}
      onSelectionDragStop={(event, moved) => drop(event, null, moved)} onConnect={onConnect} onConnectEnd={onConnectEnd} onReconnect={onReconnect} onReconnectEnd={onReconnectEnd}
      isValidConnection={({ source, target }) => target !== TRIGGER && !(source === TRIGGER && target === TRIGGER)}
      onEdgeClick={(_event, { id }) => { choose(new Set()); chooseLine(id); }} onPaneClick={() => { choose(new Set()); chooseLine(null); }}
      onDragOver={(event) => { if (mayEdit && event.dataTransfer.types.includes(DRAGGED)) event.preventDefault(); }} onDrop={onDrop}>
      <Background variant={BackgroundVariant.Dots} gap={16} />
      <Controls showInteractive={false} position={isNarrow ? 'top-left' : 'bottom-left'} />
      {!isNarrow && nodes.length > FEW && <MiniMap pannable zoomable style={{ width: 150, height: 100 }} nodeColor="var(--line)" />}
      {children && <Panel position="top-center">{children}</Panel>}
    </ReactFlow>
  );
}

/** The way on which something is dropped: its plus, or its line. */
function findWay(journey: Journey, over: Element | null): WayOut | null {
  const plus = over?.closest<HTMLElement>('[data-way]')?.dataset['way'];
  if (plus) {
    const cut = plus.lastIndexOf('|');
    return { node: plus.slice(0, cut), at: readHandle(plus.slice(cut + 1)) };
  }
  const id = over?.closest('.react-flow__edge')?.getAttribute('data-id');
  const line = listLines(journey).find((one) => one.id === id);
  return line ? { node: line.from, at: line.at } : null;
}

