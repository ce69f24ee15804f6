import { Stack } from '@mantine/core';
import { useMemo } from 'react';

import type { Problem } from '../api/types';
import { FieldScopeContext } from '../fields/scope';
import type { Journey } from '../generated/journey';
import type { EditStep } from '../graph/edit/steps';
import { findNode, TRIGGER } from '../graph/paths';
import { JourneyInspector } from './JourneyInspector';
import { NodeInspector } from './NodeInspector';
import { Problems } from './parts';

export type InspectorProps = {
  readonly journey: Journey;
  /** A node's key or TRIGGER; null: the journey itself. */
  readonly chosen: string | null;
  readonly edit: (step: EditStep) => void;
  /** Typing in a field is over (its blur): undo takes back what comes next by itself. */
  readonly closeField: () => void;
  /** Of the whole journey. */
  readonly problems: readonly Problem[];
  /** A node has another key now: it is the one to look at. */
  readonly choose?: (key: string) => void;
};

/** What is chosen, with all its fields. */
export function Inspector({ journey, chosen, edit, closeField, problems, choose }: InspectorProps) {
  const node = chosen === null ? undefined : findNode(journey, chosen);
  const scope = useMemo(() => ({ journey, node: node ? chosen : null, closeField }), [journey, node, chosen, closeField]);
  const own = problems.filter((problem) => (node ? problem.node === chosen : problem.node === null || problem.node === TRIGGER));
  return (
    <FieldScopeContext value={scope}>
      <Stack gap="md" className="inspector">
        <Problems problems={own} />
        {node && chosen !== null
          ? <NodeInspector key={chosen} journey={journey} node={chosen} value={node} edit={edit} choose={choose} />
          : <JourneyInspector key={String(chosen)} journey={journey} edit={edit} begin={chosen === TRIGGER || Object.keys(journey.nodes ?? {}).length === 0 ? 'trigger' : 'settings'} />}
      </Stack>
    </FieldScopeContext>
  );
}
