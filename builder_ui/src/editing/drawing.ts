// The draft as React Flow wants it. What did not change stays the same object, so that an edit draws only what it touched.
import { type Edge, MarkerType, type NodeHandle, Position as Side } from '@xyflow/react';

import type { Problem } from '../api/types';
import type { Journey, Node } from '../generated/journey';
import { draw, HEIGHT, WIDTH } from '../graph/flow';
import { type Path, pathsOf, type Place, TRIGGER, type WayOut } from '../graph/paths';
import type { EditNode } from './EditCard';

export type WayEdge = Edge<{ readonly way: WayOut; readonly label: string }, 'way'>;
export type Dragged = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

const SIZE = { width: WIDTH, height: HEIGHT };
const START: readonly Path[] = [{ label: 'next', next: null, at: [] }];

/** The name of the handle of a way out. */
export function nameHandle(at: Place): string {
  return at.length === 0 ? 'next' : at.join('/');
}

/** The place that a handle's name says. */
export function readHandle(name: string | null | undefined): Place {
  if (!name || name === 'next') return [];
  const [corner, item] = name.split('/');
  return item === undefined ? ([corner] as unknown as Place) : ['paths', Number(item)];
}

/** The ways out of a card, the trigger's own one too. */
export function waysOf(node: Node | null, start: string | null): readonly Path[] {
  return node === null ? START.map((path) => ({ ...path, next: start })) : pathsOf(node);
}

/** Where on the lower edge of a card a way begins, in pixels from its left. */
export function handleX(place: number, count: number): number {
  return Math.round(((place + 1) * WIDTH) / (count + 1));
}

/** Makes the nodes and edges of one draft after another, and keeps what stayed. */
export class Drawer {
  #nodes = new Map<string, EditNode>();
  #edges = new Map<string, WayEdge>();
  #drawn: { readonly journey: Journey; readonly drawing: ReturnType<typeof draw> } | null = null;

  nodes(journey: Journey, chosen: ReadonlySet<string>, problems: ReadonlyMap<string, readonly Problem[]>, dragged: Dragged): EditNode[] {
    const made = this.#draw(journey).steps.map(({ id, node, x, y }) => {
      const position = dragged.get(id) ?? { x, y };
      const trigger = node === null ? journey.trigger : null;
      const start = node === null ? (journey.start ?? null) : null;
      const data = { node, trigger, start, problems: problems.get(id) ?? NONE };
      const known = this.#nodes.get(id);
      const selected = chosen.has(id);
      if (known && known.selected === selected && known.position.x === position.x && known.position.y === position.y && isSameData(known.data, data)) return known;
      return makeNode(id, position, selected, known && isSameData(known.data, data) ? known.data : data);
    });
    this.#nodes = new Map(made.map((node) => [node.id, node]));
    return made;
  }

  edges(journey: Journey, chosenLine: string | null): WayEdge[] {
    const made = this.#draw(journey).lines.map(({ id, from, at, to, label }) => {
      const known = this.#edges.get(id);
      const shown = label === 'next' ? '' : label;
      const selected = id === chosenLine;
      if (known && known.target === to && known.data?.label === shown && known.selected === selected && known.sourceHandle === nameHandle(at)) return known;
      return makeEdge(id, { node: from, at }, to, shown, selected);
    });
    this.#edges = new Map(made.map((edge) => [edge.id, edge]));
    return made;
  }

  #draw(journey: Journey) {
    if (this.#drawn?.journey !== journey) this.#drawn = { journey, drawing: draw(journey) };
    return this.#drawn.drawing;
  }
}

const NONE: readonly Problem[] = [];

function isSameData(one: EditNode['data'], other: EditNode['data']): boolean {
  return one.node === other.node && one.trigger === other.trigger && one.start === other.start && isSameList(one.problems, other.problems);
}

function isSameList(one: readonly Problem[], other: readonly Problem[]): boolean {
  return one === other || (one.length === other.length && one.every(({ code, message }, place) => code === other[place]?.code && message === other[place].message));
}

function makeNode(id: string, position: { readonly x: number; readonly y: number }, selected: boolean, data: EditNode['data']): EditNode {
  return {
    id, type: 'step', position, selected, data, ...SIZE, measured: SIZE, handles: listHandles(id, data.node, data.start), deletable: false,
    draggable: id !== TRIGGER,
  };
}

/** Where the handles are, so that no card needs to be measured. */
function listHandles(id: string, node: Node | null, start: string | null): NodeHandle[] {
  const ways = waysOf(node, start);
  const sources = ways.map(({ at }, place): NodeHandle => ({ id: nameHandle(at), type: 'source', position: Side.Bottom, x: handleX(place, ways.length), y: HEIGHT, width: 1, height: 1 }));
  return id === TRIGGER ? sources : [{ id: 'in', type: 'target', position: Side.Top, x: WIDTH / 2, y: 0, width: 1, height: 1 }, ...sources];
}

function makeEdge(id: string, way: WayOut, target: string, label: string, selected: boolean): WayEdge {
  return {
    id, type: 'way', source: way.node, sourceHandle: nameHandle(way.at), target, targetHandle: 'in', selected, data: { way, label }, deletable: false,
    markerEnd: { type: MarkerType.ArrowClosed }, reconnectable: way.node === TRIGGER ? 'target' : true,
  };
}

