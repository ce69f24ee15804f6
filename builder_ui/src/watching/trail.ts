// A person's path: looks at nodes become steps, and steps become what is drawn.
import type { Journey } from '../generated/journey';
import { listLines } from '../graph/flow';
import { TRIGGER } from '../graph/paths';
import type { Overlay } from '../canvas/overlay';
import type { Visit } from './asks';

/** One stay at a node: when it came, when and by which way it went on (null: it is there, or ended there). */
export type Step = { readonly node: string; readonly kind: string; readonly visit: number; readonly from: string; readonly to: string | null; readonly way: string | null; readonly details: readonly string[] };

/** Stays at nodes, in order: several looks at one node in one visit are one stay. */
export function listSteps(visits: readonly Visit[]): readonly Step[] {
  const steps: Step[] = [];
  for (const { node, kind, visit, at, way, details = [] } of visits) {
    const last = steps.at(-1);
    if (last !== undefined && last.way === null && last.node === node && last.visit === visit) {
      steps[steps.length - 1] = { ...last, to: way === null ? null : at, way, details: unique([...last.details, ...details]) };
    } else steps.push({ node, kind, visit, from: at, to: way === null ? null : at, way, details });
  }
  return steps;
}

/** What of a drawing these steps went over; `at` is where the person is, if nothing else tells it. */
export function buildTrail(journey: Journey, steps: readonly Step[], at: string): NonNullable<Overlay['trail']> {
  const taken = new Set(steps.map(({ node, way }) => `${node} ${way}`));
  const lines = listLines(journey).filter(({ id, from, label }) => id === TRIGGER || taken.has(`${from} ${label}`));
  return { nodes: new Set([TRIGGER, at, ...steps.map(({ node }) => node)]), lines: new Set(lines.map(({ id }) => id)) };
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}
