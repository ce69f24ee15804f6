// The draft as React Flow wants it. What did not change stays the same object, so that an edit draws only what it touched.
import { type Edge, MarkerType } from '@xyflow/react';

import type { Problem } from '../api/types';
import { listHandles, nameHandle, routeAnew, type Routed, waysOf } from '../canvas/ways';
import { sayWay } from '../graph/sayWay';
import type { Journey } from '../generated/journey';
import { draw, type Drawing, HEIGHT, WIDTH } from '../graph/flow';
import { TRIGGER, type WayOut } from '../graph/paths';
import type { Route } from '../graph/route';
import { describeCard, type EditNode } from './EditCard';
import { says } from './words';

export type WayEdge = Edge<{ readonly way: WayOut; readonly label: string; readonly route: Route | undefined }, 'way'>;
export type Dragged = ReadonlyMap<string, { readonly x: number; readonly y: number }>;

const SIZE = { width: WIDTH, height: HEIGHT };
/** Makes the nodes and edges of one draft after another, and keeps what stayed. */
export class Drawer {
  #nodes = new Map<string, EditNode>();
  #edges = new Map<string, WayEdge>();
  #drawn: { readonly journey: Journey; readonly drawing: Drawing } | null = null;
  #made = '';
  #routed: Routed | null = null;

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
    const { lines } = this.#draw(journey);
    const routes = this.#route(journey);
    const made = lines.map(({ id, from, at, to, label }) => {
      const known = this.#edges.get(id);
      const shown = sayWay(at, label);
      const selected = id === chosenLine;
      const route = keepRoute(known?.data?.route, routes.get(id));
      if (known && known.target === to && known.data?.label === shown && known.data.route === route && known.selected === selected && known.sourceHandle === nameHandle(at)) return known;
      return makeEdge(id, { way: { node: from, at }, label: shown, route }, to, selected);
    });
    this.#edges = new Map(made.map((edge) => [edge.id, edge]));
    return made;
  }

  #draw(journey: Journey): Drawing {
    if (this.#drawn?.journey !== journey) this.#drawn = { journey, drawing: draw(journey) };
    return this.#drawn.drawing;
  }

  /** Routes stay as long as no card moved and no way leads elsewhere. */
  #route(journey: Journey): ReadonlyMap<string, Route> {
    const drawing = this.#draw(journey);
    const made = [...drawing.steps.map(({ id, node, x, y }) => `${id}:${x},${y},${waysOf(node, null).length}`), ...drawing.lines.map(({ id, to }) => `${id}>${to}`)].join('|');
    if (this.#routed === null || this.#made !== made) this.#routed = routeAnew(drawing, this.#routed);
    this.#made = made;
    return this.#routed.routes;
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
    id, type: 'step', position, selected, data, ...SIZE, measured: SIZE, handles: listHandles(id, waysOf(data.node, data.start)), deletable: false,
    draggable: id !== TRIGGER, ariaLabel: sayCard(data),
  };
}

/** A card for whoever hears it: what it is, what it does, and what is wrong. */
function sayCard(data: EditNode['data']): string {
  const { name, title } = describeCard(data);
  return [`${name}: ${title}`, ...data.problems.map(({ message }) => message), ...(data.node?.note ? [`${says.comment}: ${data.node.note}`] : [])].map((part) => part.replace(/[.\s]*$/, '.')).join(' ');
}

function makeEdge(id: string, data: NonNullable<WayEdge['data']>, target: string, selected: boolean): WayEdge {
  const { way } = data;
  return {
    id, type: 'way', source: way.node, sourceHandle: nameHandle(way.at), target, targetHandle: 'in', selected, data, deletable: false,
    markerEnd: { type: MarkerType.ArrowClosed }, reconnectable: way.node === TRIGGER ? 'target' : true,
  };
}

function keepRoute(before: Route | undefined, now: Route | undefined): Route | undefined {
  const isSame = before !== undefined && now !== undefined && before.corners.length === now.corners.length && before.corners.every(({ x, y }, place) => x === now.corners[place]!.x && y === now.corners[place]!.y);
  return isSame ? before : now;
}
