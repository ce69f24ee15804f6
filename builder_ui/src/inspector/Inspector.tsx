import { Code } from '@mantine/core';

import type { Problem } from '../api/types';
import type { Journey } from '../generated/journey';
import type { EditStep } from '../graph/edit/steps';
import { findNode } from '../graph/paths';

export type InspectorProps = {
  readonly journey: Journey;
  /** A node's key or TRIGGER; null: the journey itself. */
  readonly chosen: string | null;
  readonly edit: (step: EditStep) => void;
  /** Typing in a field is over (its blur): undo takes back what comes next by itself. */
  readonly closeField: () => void;
  /** Of the whole journey. */
  readonly problems: readonly Problem[];
};

/** What is chosen, as it is written. */
export function Inspector({ journey, chosen }: InspectorProps) {
  const node = chosen === null ? undefined : findNode(journey, chosen);
  return <Code block fz={12}>{JSON.stringify(node ?? journey, null, 2)}</Code>;
}
