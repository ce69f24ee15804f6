import { Box, Button, Divider, Group, Stack, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';

import { FieldScopeContext, useFieldScope } from '../fields/scope';
import type { Condition, Journey } from '../generated/journey';
import { sayCondition } from '../graph/words';
import { groupOf, measure, membersOf } from './edit';
import { GroupEditor } from './GroupEditor';
import { LeafEditor } from './LeafEditor';
import { LiveCount, PartCount } from './LiveCount';
import { says } from './says';

const MOST_LEAVES = 100;
/** Of how many parts each is counted by itself. */
const MOST_PARTS = 6;

export type RuleScope = {
  /** The journey in which it is asked, so that what only an enrollment knows may be asked, too; null: of contacts alone. */
  readonly journey: Journey | null;
  /** Typing is over, so that undo takes back what comes next by itself. */
  readonly closeField?: () => void;
  /** Whether to say for how many contacts it is true now; else it is. */
  readonly isCounted?: boolean;
};
type Props = { readonly condition: Condition; readonly change: (condition: Condition) => void; readonly scope: RuleScope };

/** A condition, built without knowing its JSON: groups, questions, what it says in words, and for how many it is true now. */
export function RuleBuilder({ condition, change, scope }: Props) {
  return <Builder condition={condition} change={(next) => next !== null && change(next)} scope={scope} />;
}

/** The same where there may be no condition; `nobody` says what that means. */
export function OptionalRules({ condition, change, scope, none = says.everybody }: {
  readonly condition: Condition | null | undefined; readonly change: (condition: Condition | undefined) => void; readonly scope: RuleScope; readonly none?: string;
}) {
  const [isOpen, setOpen] = useState(false);
  const given = condition ?? null;
  if (given === null && !isOpen) {
    return (
      <Group gap="xs">
        <Text size="xs" c="dimmed">{none}</Text>
        <Button size="compact-xs" variant="light" leftSection={<IconPlus size={14} />} onClick={() => setOpen(true)}>{says.begin}</Button>
      </Group>
    );
  }
  return (
    <Builder condition={given} scope={scope} change={(next) => {
      if (next === null) setOpen(false);
      change(next ?? undefined);
    }} />
  );
}

function Builder({ condition, change, scope }: { readonly condition: Condition | null; readonly change: (condition: Condition | null) => void; readonly scope: RuleScope }) {
  const above = useFieldScope();
  const { journey, closeField = above.closeField, isCounted = true } = scope;
  const fields = useMemo(() => ({ journey, node: above.node, closeField }), [journey, above.node, closeField]);
  const isFull = condition !== null && measure(condition).leaves >= MOST_LEAVES;
  const parts = condition === null || groupOf(condition) === null ? [] : membersOf(condition);
  const hasPartCounts = isCounted && parts.length > 1 && parts.length <= MOST_PARTS;
  return (
    <FieldScopeContext value={fields}>
      <Stack gap="sm" className="rules">
        <GroupEditor<Condition> rule={condition} change={change} isFull={isFull}
          leaf={(leaf, keep, menu) => (
            <LeafEditor leaf={leaf} change={keep} menu={menu} isInJourney={journey !== null} count={hasPartCounts && leaf !== null && parts.includes(leaf) ? <PartCount condition={leaf} /> : null} />
          )} />
        {isFull && <Text size="xs" c="dimmed">{says.full}</Text>}
        {condition !== null && (
          <Box>
            <Divider mb={8} />
            <Text size="xs" mb={6}><Text span fz="xs" c="dimmed">{says.sentence}: </Text>{sayCondition(condition)}</Text>
            {isCounted && <LiveCount condition={condition} />}
          </Box>
        )}
      </Stack>
    </FieldScopeContext>
  );
}
