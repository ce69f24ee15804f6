import { Drawer, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';

import type { Problem } from '../api/types';
import type { Journey } from '../generated/journey';
import { findNode } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import { Empty } from '../ui/States';
import type { Checked } from './problems';
import { says } from './words';

/** Everything to mend; each leads to its step. */
export function ProblemList({ journey, checked: { problems, hasFailed }, onGo, onClose }: {
  readonly journey: Journey;
  readonly checked: Checked;
  readonly onGo: (node: string | null) => void;
  readonly onClose: () => void;
}) {
  const sorted = [...problems].sort((one, other) => Number(one.severity !== 'error') - Number(other.severity !== 'error'));
  return (
    <Drawer opened onClose={onClose} position="right" title={says.problemsTitle} size="sm" closeButtonProps={{ 'aria-label': says.close }}>
      {problems.length === 0 ? (
        <Empty icon={IconCircleCheck} title={hasFailed ? says.notChecked : says.noProblems}>{''}</Empty>
      ) : (
        <Stack gap={4} component="ul" className="plain">
          {sorted.map((problem, place) => (
            <li key={place}>
              <UnstyledButton w="100%" p="xs" className="choice" onClick={() => onGo(problem.node)}>
                <Group gap="sm" wrap="nowrap" align="flex-start">
                  {problem.severity === 'error' ? <IconAlertCircle size={18} className="fixed" color="var(--mantine-color-red-6)" /> : <IconAlertTriangle size={18} className="fixed" color="var(--mantine-color-yellow-6)" />}
                  <div>
                    <Text size="sm">{problem.message}</Text>
                    <Text size="xs" c="dimmed">{sayWhere(journey, problem)}</Text>
                  </div>
                </Group>
              </UnstyledButton>
            </li>
          ))}
        </Stack>
      )}
    </Drawer>
  );
}

function sayWhere(journey: Journey, { node, path }: Problem): string {
  const found = node === null ? undefined : findNode(journey, node);
  const where = found ? describeNode(found).title : (node ?? says.wholeJourney);
  return path && node !== null ? `${where} · ${says.way(path)}` : where;
}
