// What somebody's path looks like on the drawing of a journey: which cards and lines it went over.
import type { Journey } from '../generated/journey';
import { type Line, listLines } from './flow';
import { findNode, pathsOf, TRIGGER } from './paths';

/** A place on a path, and the way taken out of it; null: it stays there, or left. */
export type Trod = { readonly node: string; readonly way: string | null };
export type Trail = { readonly nodes: ReadonlySet<string>; readonly lines: ReadonlySet<string> };

/** The id of the line that leads out of a node by a way; null if the way leads to the end, or is not of this document. */
export function findLine(journey: Journey, { node, way }: Trod): string | null {
  const found = findNode(journey, node);
  const path = found && pathsOf(found).find(({ label }) => label === way);
  return path && path.next !== null ? [node, ...path.at].join('/') : null;
}

/** The whole of a path, from the trigger on. */
export function traceTrail(journey: Journey, trod: readonly Trod[]): Trail {
  const lines = new Set<string>([TRIGGER]);
  for (const one of trod) {
    const line = findLine(journey, one);
    if (line !== null) lines.add(line);
  }
  return { nodes: new Set([TRIGGER, ...trod.map(({ node }) => node)]), lines };
}

/** Lines by id. */
export function indexLines(journey: Journey): ReadonlyMap<string, Line> {
  return new Map(listLines(journey).map((line) => [line.id, line]));
}
