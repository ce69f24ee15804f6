// Keys that people read: "wait", then "wait-2".
import type { Journey, Node, NodeKey } from '../../generated/journey';
import { findNode } from '../paths';

const KEY = /^[a-z][a-z0-9_-]{0,63}$/;
const LONGEST = 64;

export function isKey(text: string): boolean {
  return KEY.test(text);
}

/** A key for a new node of a kind. */
export function keyForKind(journey: Journey, kind: Node['kind']): NodeKey {
  return freshKey(journey, kind.replaceAll('_', '-'));
}

/** A key that no node of the journey has, as near as may be to the one wanted. */
export function freshKey(journey: Journey, wanted: NodeKey): NodeKey {
  const isTaken = (key: NodeKey) => findNode(journey, key) !== undefined;
  if (!isTaken(wanted)) return wanted;
  const stem = wanted.replace(/-\d+$/, '');
  for (let number = 2; ; number += 1) {
    const ending = `-${number}`;
    const key = stem.slice(0, LONGEST - ending.length) + ending;
    if (!isTaken(key)) return key;
  }
}

/** A key as people read it: `welcome-mail_2` is "Welcome mail 2". */
export function sayKey(key: NodeKey): string {
  const words = key.replace(/[-_]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
