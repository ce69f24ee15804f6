// Copies of nodes: within a journey, or as a text that another journey understands.
import type { Journey, Node, NodeKey, Position } from '../../generated/journey';
import { NODES } from '../../nodes/registry';
import { isPlaced } from '../flow';
import { freshKey, isKey } from './keys';
import { addNode } from './nodes';
import { moveNodes, readPlaces, shift } from './places';
import { mapNodeMentions, type Renaming } from './references';
import { mapNexts } from './ways';

const UNCHANGED: Renaming = { mention: (key) => key, answers: (key) => key };
const MARK = 'sojourn nodes 1';

/** Nodes taken out of a journey, with where they were drawn there. */
export type Clip = {
  readonly mark: typeof MARK;
  readonly journey: string;
  readonly nodes: Readonly<Record<NodeKey, Node>>;
  readonly places: Readonly<Record<NodeKey, Position>>;
};

/** Copy nodes as a text for the clipboard. */
export function copyNodes(journey: Journey, keys: readonly NodeKey[]): string {
  return JSON.stringify(clip(journey, keys), null, 2);
}

/** What nodes a text holds; null if it is anything else. */
export function readClip(text: string): Clip | null {
  try {
    const said: unknown = JSON.parse(text);
    if (!isClip(said)) return null;
    for (const node of Object.values(said.nodes)) mapNodeMentions(mapNexts(node, (key) => key), UNCHANGED);
    return said;
  } catch {
    return null; // no JSON, or a node that cannot be walked through
  }
}

/** Add copies under fresh keys, with the ways between them; ways to others are cut. In another journey mentions of others are, too. */
export function pasteNodes(journey: Journey, copied: Clip, place?: Position): Journey {
  const isHome = copied.journey === journey.key;
  return addCopies(journey, copied, { lead: () => null, mention: (key) => (isHome ? key : null) }, place);
}

/** Add copies beside the originals. They lead where the originals lead, or to each other. */
export function duplicateNodes(journey: Journey, keys: readonly NodeKey[]): Journey {
  return addCopies(journey, clip(journey, keys), { lead: (key) => key, mention: (key) => key });
}

/** What becomes of the keys of nodes that were not copied along. */
type Outside = { readonly lead: (key: NodeKey) => NodeKey | null; readonly mention: (key: NodeKey) => NodeKey | null };

function addCopies(journey: Journey, { nodes, places }: Clip, outside: Outside, place?: Position): Journey {
  let done = journey;
  const names = new Map<NodeKey, NodeKey>();
  for (const [key, node] of Object.entries(nodes)) {
    const name = freshKey(done, key);
    names.set(key, name);
    done = addNode(done, name, node);
  }
  const copies = Object.entries(nodes).map(([key, node]) => {
    const led = mapNexts(node, (next) => names.get(next) ?? outside.lead(next));
    const answers = (each: NodeKey) => (nodes[each]?.kind === 'ask' ? (names.get(each) ?? each) : each);
    return [names.get(key) ?? key, mapNodeMentions(led, { mention: (each) => names.get(each) ?? outside.mention(each), answers })] as const;
  });
  const added = { ...done, nodes: { ...done.nodes, ...Object.fromEntries(copies) } };
  if (!place && !isPlaced(journey)) return added;
  const shifted = shift(places, place);
  return moveNodes(added, Object.fromEntries([...names].flatMap(([key, name]) => (shifted[key] ? [[name, shifted[key]]] : []))), journey);
}

function clip(journey: Journey, keys: readonly NodeKey[]): Clip {
  const chosen = new Set(keys);
  const pick = <Value>(record: { readonly [key: string]: Value }) => Object.fromEntries(Object.entries(record).filter(([key]) => chosen.has(key)));
  return { mark: MARK, journey: journey.key, nodes: pick(journey.nodes ?? {}), places: pick(readPlaces(journey)) };
}

/** The clipboard is open to everybody, so nothing of it is believed; what a node says is the server's to check. */
function isClip(said: unknown): said is Clip {
  if (!isRecord(said) || said['mark'] !== MARK || typeof said['journey'] !== 'string') return false;
  const { nodes, places } = said;
  if (!isRecord(nodes) || !isRecord(places) || Object.keys(nodes).length === 0) return false;
  return Object.entries(nodes).every(([key, node]) => isKey(key) && isNode(node) && isPosition(places[key]));
}

function isNode(said: unknown): boolean {
  if (!isRecord(said) || typeof said['kind'] !== 'string' || !Object.hasOwn(NODES, said['kind'])) return false;
  return said['paths'] === undefined || (Array.isArray(said['paths']) && said['paths'].every(isRecord));
}

function isPosition(said: unknown): boolean {
  return isRecord(said) && Number.isFinite(said['x']) && Number.isFinite(said['y']);
}

function isRecord(said: unknown): said is { readonly [name: string]: unknown } {
  return typeof said === 'object' && said !== null && !Array.isArray(said);
}
