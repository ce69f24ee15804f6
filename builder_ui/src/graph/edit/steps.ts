// Every gesture of the builder as a step with its name, for undo: “Delete “Welcome””.
import type { Journey, Node, NodeKey, Position } from '../../generated/journey';
import { TRIGGER, type WayOut } from '../paths';
import { type Clip, duplicateNodes, pasteNodes } from './clipboard';
import { sayKey } from './keys';
import { addNode, changeNode, insertNode, removeNodes, renameNode } from './nodes';
import { moveNodes, tidyUp } from './places';
import { connect } from './ways';

export type EditStep = {
  readonly label: string;
  readonly change: (journey: Journey) => Journey;
  /** Steps in a row with the same field are undone as one. */
  readonly field?: string;
};

export const steps = {
  add: (key: NodeKey, node: Node, place?: Position) => step(`Add ${say([key])}`, (journey) => addNode(journey, key, node, place)),
  insert: (way: WayOut, key: NodeKey, node: Node) => step(`Insert ${say([key])}`, (journey) => insertNode(journey, way, key, node)),
  connect: (way: WayOut, target: NodeKey) => step(`Connect to ${say([target])}`, (journey) => connect(journey, way, target)),
  disconnect: (way: WayOut) => step('Disconnect', (journey) => connect(journey, way, null)),
  remove: (keys: readonly NodeKey[]) => step(`Delete ${say(keys)}`, (journey) => removeNodes(journey, keys)),
  duplicate: (keys: readonly NodeKey[]) => step(`Duplicate ${say(keys)}`, (journey) => duplicateNodes(journey, keys)),
  paste: (clip: Clip, place?: Position) => step(`Paste ${say(Object.keys(clip.nodes))}`, (journey) => pasteNodes(journey, clip, place)),
  rename: (key: NodeKey, name: NodeKey) => step(`Rename ${say([key])} to ${say([name])}`, (journey) => renameNode(journey, key, name)),
  move: (places: Readonly<Record<NodeKey, Position>>) => step(`Move ${say(Object.keys(places))}`, (journey) => moveNodes(journey, places)),
  tidyUp: () => step('Tidy up', tidyUp),
  /** `field` names what is typed in, such as `text`. */
  change: (key: NodeKey, node: Node, field?: string): EditStep => ({
    ...step(`Change ${say([key])}`, (journey) => changeNode(journey, key, node)),
    ...(field === undefined ? {} : { field: `${key}/${field}` }),
  }),
  /** The journey's own settings, such as its name or trigger. */
  changeJourney: (part: Partial<Journey>, field?: string): EditStep => ({
    ...step('Change the journey', (journey) => {
      const isSame = Object.entries(part).every(([name, value]) => journey[name as keyof Journey] === value);
      return isSame ? journey : { ...journey, ...part };
    }),
    ...(field === undefined ? {} : { field: `${TRIGGER}/${field}` }),
  }),
};

function step(label: string, change: (journey: Journey) => Journey): EditStep {
  return { label, change };
}

function say(keys: readonly NodeKey[]): string {
  const [only] = keys;
  return keys.length === 1 && only !== undefined ? `“${sayKey(only)}”` : `${keys.length} steps`;
}
