import '@xyflow/react/dist/style.css';

import { ActionIcon, useComputedColorScheme } from '@mantine/core';
import { IconCopy, IconMessage2, IconTrash } from '@tabler/icons-react';
import {
  Background, BackgroundVariant, type Connection, Controls, type FinalConnectionState, MiniMap, type NodeChange, NodeToolbar, Panel, Position as Side, ReactFlow, type ReactFlowState, useReactFlow, useStore,
} from '@xyflow/react';
import { type DragEvent, type MouseEvent as ReactMouseEvent, useMemo, useRef, useState } from 'react';

import type { Problem } from '../api/types';
import type { Journey, Position } from '../generated/journey';
import { steps } from '../graph/edit/steps';
import { HEIGHT, listLines, WIDTH } from '../graph/flow';
import { TRIGGER, type WayOut } from '../graph/paths';
import type { Doings } from './commands';
import { type Asked, ContextMenu } from './ContextMenu';
import { FarContext } from './context';
import { readHandle } from '../canvas/ways';
import { type Dragged, Drawer, type WayEdge } from './drawing';
import { EditCard, type EditNode } from './EditCard';
import { FarLines } from './FarLines';
import { isOffer } from './adding';
import { DRAGGED } from './Palette';
import type { Editing } from './useEditing';
import { useSteady } from './useSteady';
import { WayLine } from './WayLine';
import { says } from './words';

const NODE_TYPES = { step: EditCard };
const EDGE_TYPES = { way: WayLine };
/** So many cards are seen at a glance; a map of them would only cover some. */
const FEW = 16;
const NOBODY: Dragged = new Map();
const NO_LINES: WayEdge[] = [];
const GRID: [number, number] = [8, 8];
const FITTED = { padding: 0.15, maxZoom: 1 };
const isWay = ({ target }: { readonly target: string }) => target !== TRIGGER;
const SEVERAL = ['Meta', 'Control', 'Shift'];

/** From farther away than this nobody can read the small print. */
const FAR = 0.4;
const looksFromFar = ({ transform }: ReactFlowState) => transform[2] < FAR;

/** The draft, to draw on: every gesture becomes a step that can be undone. */
export function EditorCanvas({ editing, problems, mayEdit, isNarrow }: {
  readonly editing: Editing;
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  readonly mayEdit: boolean;
  readonly isNarrow: boolean;
}) {
  const { journey, chosen, only, choose, line, chooseLine, edit, add, pick, pointer, paste, doings } = editing;
  const scheme = useComputedColorScheme('light');
  const { screenToFlowPosition } = useReactFlow();
  const isFar = useStore(looksFromFar);
  const drawer = useRef<Drawer>(null);
  drawer.current ??= new Drawer();
  const [dragged, setDragged] = useState<Dragged>(NOBODY);
  const [asked, askMenu] = useState<Asked | null>(null);
  const [isConnecting, setConnecting] = useState(false);
  const [over, setOver] = useState<string | null>(null);
  const nodes = useMemo(() => drawer.current!.nodes(journey, chosen, problems, dragged), [journey, chosen, problems, dragged]);
  const edges = useMemo(() => drawer.current!.edges(journey, over ?? line), [journey, line, over]);

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
  const chooseOnly = (id: string) => {
    choose(new Set());
    chooseLine(id);
  };
  const openMenu = (event: ReactMouseEvent | MouseEvent, on: Asked['on']) => {
    if (!mayEdit) return;
    event.preventDefault();
    askMenu({ x: event.clientX, y: event.clientY, on, at: placeAt(event) });
  };
  const onDrag = (event: DragEvent) => {
    if (!mayEdit || !event.dataTransfer.types.includes(DRAGGED)) return;
    event.preventDefault();
    const way = findWay(journey, document.elementFromPoint(event.clientX, event.clientY));
    setOver(way ? [way.node, ...way.at].join('/') : null);
  };
  const onDrop = (event: DragEvent) => {
    setOver(null);
    const kind = event.dataTransfer.getData(DRAGGED);
    if (!isOffer(kind)) return;
    event.preventDefault();
    const way = findWay(journey, document.elementFromPoint(event.clientX, event.clientY));
    add(kind, way ? { way } : { at: placeAt(event) });
  };
  const onConnect = ({ source, sourceHandle, target }: Connection) => edit(steps.connect({ node: source, at: readHandle(sourceHandle) }, target));
  const onConnectEnd = (event: MouseEvent | TouchEvent, { fromNode, fromHandle, toNode, isValid }: FinalConnectionState) => {
    setConnecting(false);
    if (toNode || isValid || !fromNode || fromHandle?.type !== 'source') return;
    const point = 'changedTouches' in event ? event.changedTouches[0] : event;
    if (!point) return;
    const way: WayOut = { node: fromNode.id, at: readHandle(fromHandle.id) };
    const card = findCard(point);
    if (card === null) pick({ way, at: placeAt(point) }, '');
    else if (card !== TRIGGER && card !== fromNode.id) edit(steps.connect(way, card));
  };
  const onReconnect = ({ data }: WayEdge, { source, sourceHandle, target }: Connection) => {
    const way: WayOut = { node: source, at: readHandle(sourceHandle) };
    const isSameWay = data?.way.node === way.node && data.way.at.join() === way.at.join();
    if (isSameWay || !data) edit(steps.connect(way, target));
    else edit({ ...steps.connect(way, target), change: (before) => steps.disconnect(data.way).change(steps.connect(way, target).change(before)) });
  };
  const onReconnectEnd = (event: MouseEvent | TouchEvent, { data }: WayEdge, _type: unknown, { isValid, fromHandle }: FinalConnectionState) => {
    setConnecting(false);
    if (isValid || !data) return;
    const point = 'changedTouches' in event ? event.changedTouches[0] : event;
    const card = point ? findCard(point) : null;
    if (card === null) {
      if (data.way.node !== TRIGGER) edit(steps.disconnect(data.way));
    } else if (fromHandle?.type === 'source' && card !== TRIGGER) edit(steps.connect(data.way, card));
  };
  const beginConnecting = () => setConnecting(true);
  const steady = useSteady({
    onNodesChange, onConnect, onConnectEnd, onReconnect, onReconnectEnd, onDrop, onDragOver: onDrag,
    onConnectStart: beginConnecting,
    onReconnectStart: beginConnecting,
    onNodeDragStop: drop,
    onSelectionDragStop: (event: ReactMouseEvent, moved: EditNode[]) => drop(event, null, moved),
    onDragLeave: () => setOver(null),
    onPaneClick: doings.chooseNothing,
    onMouseMove: (event: ReactMouseEvent) => {
      pointer.current = placeAt(event);
    },
    onMouseLeave: () => {
      pointer.current = null;
    },
    onEdgeClick: (_event: ReactMouseEvent, { id }: WayEdge) => chooseOnly(id),
    onNodeDoubleClick: () => document.querySelector<HTMLElement>('#inspector input, #inspector textarea')?.focus(),
    onNodeContextMenu: (event: ReactMouseEvent, { id }: EditNode) => {
      const isOneOf = chosen.size > 1 && chosen.has(id);
      if (!isOneOf) choose(new Set([id]));
      openMenu(event, isOneOf ? 'several' : id === TRIGGER ? 'trigger' : 'step');
    },
    onSelectionContextMenu: (event: ReactMouseEvent) => openMenu(event, 'several'),
    onEdgeContextMenu: (event: ReactMouseEvent, { id }: WayEdge) => {
      chooseOnly(id);
      openMenu(event, 'line');
    },
    onPaneContextMenu: (event: ReactMouseEvent | MouseEvent) => openMenu(event, 'canvas'),
  });
  return (
    <FarContext value={isFar}>
      <ReactFlow<EditNode, WayEdge> {...steady} className={`canvas editor${isFar ? ' far' : ''}${isConnecting ? ' connecting' : ''}`} nodes={nodes} edges={isFar ? NO_LINES : edges} nodeTypes={NODE_TYPES} edgeTypes={EDGE_TYPES}
        colorMode={scheme} fitView fitViewOptions={FITTED} minZoom={0.04} maxZoom={2} snapToGrid snapGrid={GRID} onlyRenderVisibleElements={nodes.length > 100} nodesDraggable={mayEdit} nodesConnectable={mayEdit}
        edgesReconnectable={mayEdit} edgesFocusable={false} disableKeyboardA11y deleteKeyCode={null} selectionKeyCode="Shift" multiSelectionKeyCode={SEVERAL} connectionRadius={36} isValidConnection={isWay}>
        {isFar && <FarLines edges={edges} dragged={dragged} />}
        <Background variant={BackgroundVariant.Dots} gap={16} />
        <Controls showInteractive={false} position={isNarrow ? 'top-left' : 'bottom-left'} />
        {!isNarrow && nodes.length > FEW && (!isFar || dragged.size === 0) && <MiniMap pannable zoomable style={{ width: 150, height: 100 }} nodeColor="var(--line)" />}
        {mayEdit && only !== null && only !== TRIGGER && dragged.size === 0 && <CardTools id={only} doings={doings} />}
        {mayEdit && nodes.length === 1 && (
          <Panel position="bottom-center"><div className="begin"><strong>{says.begin}</strong>{says.beginMore}</div></Panel>
        )}
      </ReactFlow>
      {asked && <ContextMenu key={`${asked.x}/${asked.y}`} asked={asked} doings={doings} onAdd={(at) => pick({ at }, '')} onPaste={paste} onClose={() => askMenu(null)} />}
    </FarContext>
  );
}

/** What is most often done with the one card that is chosen. */
function CardTools({ id, doings }: { readonly id: string; readonly doings: Doings }) {
  const tool = (label: string, Picture: typeof IconCopy, run: () => void) => (
    <ActionIcon variant="default" size={26} aria-label={label} title={label} onClick={run}><Picture size={14} /></ActionIcon>
  );
  return (
    <NodeToolbar nodeId={id} isVisible position={Side.Top} align="end" offset={6}>
      <ActionIcon.Group>
        {tool(says.comment, IconMessage2, doings.comment)}
        {tool(says.duplicate, IconCopy, doings.duplicate)}
        {tool(says.deleteSteps, IconTrash, doings.remove)}
      </ActionIcon.Group>
    </NodeToolbar>
  );
}

/** The card under a point, also where it has no handle. */
function findCard({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): string | null {
  return document.elementFromPoint(clientX, clientY)?.closest<HTMLElement>('.react-flow__node')?.dataset['id'] ?? null;
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

