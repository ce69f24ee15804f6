// What two documents of a journey say differently, node by node and part by part.
import { isSame } from '../drafts/same';
import type { Journey, NodeKey } from '../generated/journey';
import { listNodes } from '../graph/paths';

export type Difference = 'added' | 'removed' | 'changed';
export type Differences = {
  /** From the first document to the second. */
  readonly nodes: ReadonlyMap<NodeKey, Difference>;
  /** Parts of the document besides its nodes and its layout. */
  readonly parts: readonly string[];
  /** Only drawn elsewhere. */
  readonly isMoved: boolean;
};

const APART = new Set(['nodes', 'layout']);

export function compare(from: Journey, to: Journey): Differences {
  const before = new Map(listNodes(from));
  const after = new Map(listNodes(to));
  const nodes = new Map<NodeKey, Difference>();
  for (const [key, node] of after) {
    const known = before.get(key);
    if (!known) nodes.set(key, 'added');
    else if (!isSame(known, node)) nodes.set(key, 'changed');
  }
  for (const key of before.keys()) if (!after.has(key)) nodes.set(key, 'removed');
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].filter((name) => !APART.has(name));
  const part = (journey: Journey, name: string): unknown => (journey as unknown as Readonly<Record<string, unknown>>)[name];
  return { nodes, parts: names.filter((name) => !isSame(part(from, name), part(to, name))), isMoved: !isSame(from.layout ?? {}, to.layout ?? {}) };
}

export function isEqual({ nodes, parts, isMoved }: Differences): boolean {
  return nodes.size === 0 && parts.length === 0 && !isMoved;
}
