// What is done to nodes on the canvas: journey in, journey out. What an edit does not touch stays the same object,
// so that the canvas need not draw it again and undoing costs nothing.
import type { Journey, Node, NodeKey, Position } from '../../generated/journey';
import { findNode, type Path, pathsOf, type WayOut } from '../paths';
import { isKey } from './keys';
import { makeRoom, moveNodes } from './places';
import { mapMentions } from './references';
import { mapFields, put, renameField, without } from './sharing';
import { connect, getNode, leadStart, mapNexts, readWay, replaceNode, withNext } from './ways';

/** Add a node that nothing leads to yet; where everybody begins if the journey has no start. */
export function addNode(journey: Journey, key: NodeKey, node: Node, place?: Position): Journey {
  const added = appendNode(journey, key, node);
  return place ? moveNodes(added, { [key]: place }, journey) : added;
}

/** Put a new node on a way: the way leads to it, and it leads where the way did. */
export function insertNode(journey: Journey, way: WayOut, key: NodeKey, node: Node): Journey {
  const target = readWay(journey, way);
  const main = findMainPath(node);
  const linked = main && target !== null ? withNext(node, main.at, target) : node;
  return makeRoom(journey, connect(appendNode(journey, key, linked), way, key), key, way);
}

/** Take nodes out, one after the other. */
export function removeNodes(journey: Journey, keys: readonly NodeKey[]): Journey {
  const removed = keys.reduce(removeNode, journey);
  return removed.layout ? put(removed, 'layout', without(removed.layout, new Set(keys))) : removed;
}

/** Change the settings of a node; its kind may change as well. */
export function changeNode(journey: Journey, key: NodeKey, node: Node): Journey {
  getNode(journey, key);
  return replaceNode(journey, key, node);
}

/** Note what colleagues should know of a node; an empty text takes the note away. */
export function commentNode(journey: Journey, key: NodeKey, text: string): Journey {
  const node = getNode(journey, key);
  const note = text.trim();
  if ((node.note ?? '') === note) return journey;
  const { note: _before, ...rest } = node;
  return replaceNode(journey, key, note === '' ? rest : { ...rest, note });
}

/** Give a node another key. All that names it follows: ways, conditions, answers of its form, its place. */
export function renameNode(journey: Journey, key: NodeKey, name: NodeKey): Journey {
  const node = getNode(journey, key);
  if (key === name) return journey;
  if (!isKey(name)) throw new Error('a key is made of a to z, digits, “-” and “_”, and begins with a letter');
  if (findNode(journey, name)) throw new Error(`there is already a node “${name}”`);
  const follow = (each: NodeKey) => (each === key ? name : each);
  const led = mapFields(renameField(journey.nodes ?? {}, key, name), (other) => mapNexts(other, follow));
  const renamed = { ...journey, nodes: led, ...(journey.start === key ? { start: name } : {}) };
  const placed = renamed.layout ? put(renamed, 'layout', renameField(renamed.layout, key, name)) : renamed;
  return mapMentions(placed, { mention: follow, answers: node.kind === 'ask' ? follow : (each) => each });
}

/** The way that goes on when a node is put somewhere: its own, else a corner, else the first. */
function findMainPath(node: Node): Path | undefined {
  const paths = pathsOf(node);
  return paths.find(({ at }) => at.length === 0) ?? paths.find(({ at }) => at.length === 1) ?? paths[0];
}

function appendNode(journey: Journey, key: NodeKey, node: Node): Journey {
  if (findNode(journey, key)) throw new Error(`there is already a node “${key}”`);
  const added = { ...journey, nodes: { ...journey.nodes, [key]: node } };
  return leadStart(added, journey.start ?? key);
}

/** A node with one way out is bridged: what led to it leads on. Where several ways go on, nobody can say which: they are cut. */
function removeNode(journey: Journey, key: NodeKey): Journey {
  const node = findNode(journey, key);
  if (!node) return journey;
  const onward = pathsOf(node).map(({ next }) => (next === key ? null : next));
  const bridge = onward.length === 1 ? (onward[0] ?? null) : null;
  const rest = mapFields(without(journey.nodes ?? {}, new Set([key])), (other) => mapNexts(other, (next) => (next === key ? bridge : next)));
  const removed = { ...journey, nodes: rest };
  return journey.start === key ? leadStart(removed, onward.find((next) => next !== null) ?? null) : removed;
}
