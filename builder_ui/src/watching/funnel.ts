// How many of those who entered came how far: pure figures for bars and tables.
import type { Journey, NodeKey } from '../generated/journey';
import { findNode, listNodes, pathsOf } from '../graph/paths';
import { type Costs, joinCosts } from '../templates/costs';
import type { Report } from './asks';

/** A bar: a node of the main path, or (null) the entry. */
export type Bar = { readonly node: NodeKey | null; readonly people: number };

/** The way that most take, from the start to the end; of equal ones the first that is written. */
export function listMainPath(journey: Journey, report: Report): readonly NodeKey[] {
  const keys: NodeKey[] = [];
  for (let key = journey.start ?? null; key !== null && !keys.includes(key);) {
    const node = findNode(journey, key);
    if (node === undefined) break;
    keys.push(key);
    const taken = report.nodes[key]?.paths ?? {};
    const ways = pathsOf(node).filter(({ next }) => next !== null);
    key = ways.toSorted((one, other) => (taken[other.label] ?? 0) - (taken[one.label] ?? 0))[0]?.next ?? null;
  }
  return keys;
}

/** The bars of a funnel: the entry, then each node of the main path that somebody can tell from the one before. */
export function buildFunnel(journey: Journey, report: Report): readonly Bar[] {
  return [{ node: null, people: came(report) }, ...listMainPath(journey, report).map((node) => ({ node, people: arrived(report, node) }))];
}

/** Everybody who came in: by the trigger, or from an older version. */
export function came(report: Report): number {
  return report.entered + report.moved_in;
}

function arrived(report: Report, node: NodeKey): number {
  const figures = report.nodes[node];
  return figures === undefined ? 0 : figures.entered + figures.moved_in;
}

export function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0);
}

/** Counts by reason, the largest first. */
export function rank(counts: Readonly<Record<string, number>>): readonly (readonly [string, number])[] {
  return Object.entries(counts).toSorted(([, one], [, other]) => other - one);
}

/** One line of a comparison: a part of what came in, in one version and in another. */
export type Compared = { readonly what: 'completed' | 'exited' | 'goal' | 'node'; readonly name: string; readonly parts: readonly (number | null)[] };

/** What of two versions can be held against one another; a node or goal that one lacks is null there. */
export function compare(several: readonly { readonly journey: Journey; readonly report: Report }[]): readonly Compared[] {
  const goals = unique(several.flatMap(({ report }) => Object.keys(report.goals)));
  const nodes = unique(several.flatMap(({ journey }) => listNodes(journey).map(([key]) => key)));
  return [
    { what: 'completed', name: '', parts: several.map(({ report }) => report.completed) },
    { what: 'exited', name: '', parts: several.map(({ report }) => sumOf(report.exited)) },
    ...goals.map((name): Compared => ({ what: 'goal', name, parts: several.map(({ report }) => report.goals[name]?.reached ?? null) })),
    ...nodes.map((name): Compared => ({ what: 'node', name, parts: several.map(({ journey, report }) => (findNode(journey, name) === undefined ? null : arrived(report, name))) })),
  ];
}

/** What all texts of a version have cost; null if it sent none. */
export function costsOf(report: Report): Costs | null {
  return joinCosts(Object.values(report.messages).map(({ costs }) => costs));
}

/** What the texts of each of these have cost; null if none of them sent any. */
export function compareCosts(several: readonly { readonly report: Report }[]): readonly (Costs | null)[] | null {
  const costs = several.map(({ report }) => costsOf(report));
  return costs.every((one) => one === null) ? null : costs;
}

/** By how much one group does better than another, as a part of the other: 0.1 is ten percent better; null if that cannot be said. */
export function lift(one: { readonly people: number; readonly reached: number }, other: { readonly people: number; readonly reached: number }): number | null {
  if (one.people === 0 || other.people === 0 || other.reached === 0) return null;
  return one.reached / one.people / (other.reached / other.people) - 1;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
