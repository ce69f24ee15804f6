// A journey as text, as people keep it in git.
import type { Journey } from '../generated/journey';
import { NODES } from '../nodes/registry';

export function writeJourney(journey: Journey): string {
  return JSON.stringify(journey, null, 2);
}

export type Read = { readonly journey: Journey; readonly problem: null } | { readonly journey: null; readonly problem: string };

/** The journey that a text says; else why not: the parser's words, or `shape`. The key stays: another one is another journey. */
export function readJourney(text: string, key: string): Read {
  try {
    const said: unknown = JSON.parse(text);
    // What the parts say is the server's to check; the canvas only needs them to be there.
    if (!isRecord(said) || !isNodes(said['nodes'] ?? {}) || !isRecord(said['trigger'])) return { journey: null, problem: 'shape' };
    return { journey: { ...said, key } as unknown as Journey, problem: null };
  } catch (error) {
    return { journey: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

function isNodes(said: unknown): boolean {
  return isRecord(said) && Object.values(said).every((node) => isRecord(node) && typeof node['kind'] === 'string' && Object.hasOwn(NODES, node['kind']));
}

function isRecord(said: unknown): said is Readonly<Record<string, unknown>> {
  return typeof said === 'object' && said !== null && !Array.isArray(said);
}
