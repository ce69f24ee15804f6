// Every gesture of the builder as a step with its name, for undo: “Delete “Welcome””.
import type { Journey, Node, NodeKey, Position } from '../../generated/journey';
import { TRIGGER, type WayOut } from '../paths';
import { type Clip, duplicateNodes, pasteNodes } from './clipboard';
import { sayKey } from './keys';
import { addNode, changeNode, commentNode, insertNode, removeNodes, renameNode } from './nodes';
import { moveNodes, tidyUp } from './places';
import { connect } from './ways';
import { words } from '../../words/language';

export type EditStep = {
  readonly label: string;
  readonly change: (journey: Journey) => Journey;
  /** Steps in a row with the same field are undone as one. */
  readonly field?: string;
};

const says = words({
  en: {
    add: (what: string) => `Add ${what}`, insert: (what: string) => `Insert ${what}`, connect: (what: string) => `Connect to ${what}`, disconnect: 'Disconnect', remove: (what: string) => `Delete ${what}`,
    duplicate: (what: string) => `Duplicate ${what}`, paste: (what: string) => `Paste ${what}`, rename: (what: string, name: string) => `Rename ${what} to ${name}`, move: (what: string) => `Move ${what}`,
    tidyUp: 'Tidy up', comment: (what: string) => `Comment on ${what}`, change: (what: string) => `Change ${what}`, changeJourney: 'Change the journey', several: (n: number) => `${n} steps`,
  },
  de: {
    add: (what: string) => `${what} hinzufügen`, insert: (what: string) => `${what} einfügen`, connect: (what: string) => `Mit ${what} verbinden`, disconnect: 'Trennen', remove: (what: string) => `${what} löschen`,
    duplicate: (what: string) => `${what} duplizieren`, paste: (what: string) => `${what} einfügen`, rename: (what: string, name: string) => `${what} in ${name} umbenennen`, move: (what: string) => `${what} verschieben`,
    tidyUp: 'Aufräumen', comment: (what: string) => `${what} kommentieren`, change: (what: string) => `${what} ändern`, changeJourney: 'Journey ändern', several: (n: number) => `${n} Schritte`,
  },
});

export const steps = {
  add: (key: NodeKey, node: Node, place?: Position) => step(says.add(say([key])), (journey) => addNode(journey, key, node, place)),
  insert: (way: WayOut, key: NodeKey, node: Node) => step(says.insert(say([key])), (journey) => insertNode(journey, way, key, node)),
  connect: (way: WayOut, target: NodeKey) => step(says.connect(say([target])), (journey) => connect(journey, way, target)),
  disconnect: (way: WayOut) => step(says.disconnect, (journey) => connect(journey, way, null)),
  remove: (keys: readonly NodeKey[]) => step(says.remove(say(keys)), (journey) => removeNodes(journey, keys)),
  duplicate: (keys: readonly NodeKey[]) => step(says.duplicate(say(keys)), (journey) => duplicateNodes(journey, keys)),
  paste: (clip: Clip, place?: Position) => step(says.paste(say(Object.keys(clip.nodes))), (journey) => pasteNodes(journey, clip, place)),
  rename: (key: NodeKey, name: NodeKey) => step(says.rename(say([key]), say([name])), (journey) => renameNode(journey, key, name)),
  move: (places: Readonly<Record<NodeKey, Position>>) => step(says.move(say(Object.keys(places))), (journey) => moveNodes(journey, places)),
  tidyUp: () => step(says.tidyUp, tidyUp),
  /** What colleagues should know of a node; an empty text takes the comment away. */
  comment: (key: NodeKey, text: string) => step(says.comment(say([key])), (journey) => commentNode(journey, key, text)),
  /** `field` names what is typed in, such as `text`. */
  change: (key: NodeKey, node: Node, field?: string): EditStep => ({
    ...step(says.change(say([key])), (journey) => changeNode(journey, key, node)),
    ...(field === undefined ? {} : { field: `${key}/${field}` }),
  }),
  /** The journey's own settings, such as its name or trigger. */
  changeJourney: (part: Partial<Journey>, field?: string): EditStep => ({
    ...step(says.changeJourney, (journey) => {
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
  return keys.length === 1 && only !== undefined ? `“${sayKey(only)}”` : says.several(keys.length);
}
