import type { Journey, Node, NodeKey, Way } from '../generated/journey';

export type Corner = 'timeout' | 'due' | 'otherwise' | 'on_error' | 'on_skip' | 'on_missing';

/** Where in a node the object stands that carries `next`: the node itself, one of its paths, or a named corner. */
export type Place = readonly [] | readonly ['paths', number] | readonly [Corner];

/** A way out of a node: its name, where it leads (null: the enrollment completes), and where that is written. */
export type Path = { readonly label: string; readonly next: NodeKey | null; readonly at: Place };

/** Stands for the trigger where a node's key is asked for; no key has brackets. */
export const TRIGGER = '(trigger)';

/** One way out of one node; that of the trigger leads to the start. */
export type WayOut = { readonly node: NodeKey | typeof TRIGGER; readonly at: Place };

/** The ways out of a node, in the order of the engine's own `paths()`. */
export function pathsOf(node: Node): readonly Path[] {
  switch (node.kind) {
    case 'branch':
      return [...listed(node.paths), ...corner('otherwise', 'otherwise', node.otherwise)];
    case 'wait_for':
      return [...listed(node.paths), ...corner('timeout', 'timeout', node.timeout)];
    case 'ask':
      return [...listed(node.paths), ...corner('due', 'due', node.due)];
    case 'split':
      return listed(node.paths);
    case 'leave':
      return [];
    case 'go_to':
      return node.at_most == null ? [own(node)] : [own(node), ...corner('otherwise', 'otherwise', node.otherwise ?? {})];
    case 'wait':
      return [own(node), ...corner('missing', 'on_missing', node.on_missing)];
    case 'send_email':
    case 'send_sms':
    case 'send_first':
    case 'send_push':
      return [own(node), ...corner('skipped', 'on_skip', node.on_skip), ...corner('error', 'on_error', node.on_error)];
    case 'webhook':
      return [own(node), ...corner('error', 'on_error', node.on_error)];
    case 'update_contact':
    case 'tag':
    case 'consent':
    case 'score':
    case 'emit_event':
    case 'start_journey':
    case 'stop_journey':
    case 'throttle':
    case 'notify':
    case 'goal':
      return [own(node)];
    default:
      return node satisfies never;
  }
}

/** All nodes with their keys, in document order. */
export function listNodes(journey: Journey): readonly (readonly [NodeKey, Node])[] {
  return Object.entries(journey.nodes ?? {});
}

/** The node of a key, if there is one; keys such as `constructor` are plain text. */
export function findNode(journey: Journey, key: NodeKey): Node | undefined {
  return journey.nodes !== undefined && Object.hasOwn(journey.nodes, key) ? journey.nodes[key] : undefined;
}

function own(node: Way): Path {
  return { label: 'next', next: node.next ?? null, at: [] };
}

function listed(paths: readonly (Way & { readonly label: string })[] | undefined): Path[] {
  return (paths ?? []).map(({ label, next }, place) => ({ label, next: next ?? null, at: ['paths', place] }));
}

function corner(label: string, name: Corner, way: Way | string | null | undefined): Path[] {
  return typeof way === 'object' && way !== null ? [{ label, next: way.next ?? null, at: [name] }] : [];
}
