// Where ways lead, and how they come to lead elsewhere.
import type { Journey, Node, NodeKey } from '../../generated/journey';
import { type Corner, findNode, pathsOf, type Place, TRIGGER, type WayOut } from '../paths';
import { mapList, put } from './sharing';

/** Where a way leads; null: the enrollment completes there. */
export function readWay(journey: Journey, way: WayOut): NodeKey | null {
  if (way.node === TRIGGER) return journey.start ?? null;
  return findPath(getNode(journey, way.node), way.at)?.next ?? null;
}

/** Let a way lead to a node; null disconnects it, so that the enrollment completes there. */
export function connect(journey: Journey, way: WayOut, target: NodeKey | null): Journey {
  if (target !== null) getNode(journey, target);
  if (way.node === TRIGGER) return leadStart(journey, target);
  const node = getNode(journey, way.node);
  const path = findPath(node, way.at);
  if (path?.next === target) return journey;
  if (!path && !mayOpen(node, way.at)) throw new Error(`“${way.node}” has no way out at “${way.at.join('/')}”`);
  return replaceNode(journey, way.node, withNext(node, way.at, target));
}

/** The node with one of its ways leading elsewhere. */
export function withNext<Kind extends Node>(node: Kind, at: Place, next: NodeKey | null): Kind {
  // A place says where `next` may stand in this node, so its shape is kept; TypeScript cannot know.
  return leadAt(node as unknown as Carrier, at, next) as unknown as Kind;
}

/** The node with each of its ways leading where `change` says. */
export function mapNexts<Kind extends Node>(node: Kind, change: (next: NodeKey) => NodeKey | null): Kind {
  return pathsOf(node).reduce((done, { next, at }) => (next === null ? done : withNext(done, at, change(next))), node);
}

/** The journey with another node under a key it has. */
export function replaceNode(journey: Journey, key: NodeKey, node: Node): Journey {
  return put(journey, 'nodes', put(journey.nodes ?? {}, key, node));
}

/** The journey with another start; one that has no start keeps having none. */
export function leadStart(journey: Journey, target: NodeKey | null): Journey {
  return (journey.start ?? null) === target ? journey : { ...journey, start: target };
}

/** The node of a key that must be there. */
export function getNode(journey: Journey, key: NodeKey): Node {
  const node = findNode(journey, key);
  if (node === undefined) throw new Error(`there is no node “${key}”`);
  return node;
}

function findPath(node: Node, at: Place) {
  const place = at.join('/');
  return pathsOf(node).find((path) => path.at.join('/') === place);
}

/** Whether a node that has not this corner, or has a word there, may be given a way out there. */
function mayOpen(node: Node, at: Place): boolean {
  return listCorners(node).some((corner) => at[0] === corner);
}

/** The corners at which a node may be given a way out, whether it has one there or not. */
export function listCorners(node: Node): readonly Corner[] {
  switch (node.kind) {
    case 'branch':
      return ['otherwise'];
    case 'send_email':
    case 'send_sms':
    case 'send_first':
    case 'send_push':
      return ['on_skip', 'on_error'];
    case 'webhook':
      return ['on_error'];
    case 'wait':
      return node.until !== undefined && 'attribute' in node.until ? ['on_missing'] : [];
    default:
      return [];
  }
}

/** The ways out that a node may be given besides those it has. */
export function listFurther(node: Node): readonly Place[] {
  const has = new Set(pathsOf(node).map(({ at }) => at.join('/')));
  return listCorners(node).filter((corner) => !has.has(corner)).map((corner): Place => [corner]);
}

type Carrier = { readonly next?: NodeKey | null; readonly paths?: readonly Carrier[] } & { readonly [corner in Corner]?: Carrier | string | null };

function leadAt(carrier: Carrier, [place, item]: Place, next: NodeKey | null): Carrier {
  if (place === undefined) return lead(carrier, next);
  if (place === 'paths') return put(carrier, 'paths', mapList(carrier.paths ?? [], (path, position) => (position === item ? lead(path, next) : path)));
  const corner = carrier[place];
  return put(carrier, place, lead(typeof corner === 'object' && corner !== null ? corner : {}, next));
}

function lead(carrier: Carrier, next: NodeKey | null): Carrier {
  if ((carrier.next ?? null) === next) return carrier;
  if (next !== null) return { ...carrier, next };
  const { next: _before, ...rest } = carrier;
  return rest;
}
