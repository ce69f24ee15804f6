import { Anchor, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';

import type { JourneyShown, Problem } from '../api/types';
import { groupByNode } from '../editing/problems';
import { findNode } from '../graph/paths';
import { describeNode } from '../nodes/registry';
import { Card } from '../ui/Card';
import { readDraft } from './Changes';
import { says } from './words';

/** What is wrong or worth a thought, step by step; each leads to its step. */
export function Checks({ journey, problems, onClose }: { readonly journey: JourneyShown; readonly problems: readonly Problem[]; readonly onClose: () => void }) {
  const navigate = useNavigate();
  const draft = readDraft(journey);
  const hasFailed = problems.some(({ severity }) => severity === 'error');
  const show = (step: string) => {
    onClose();
    void navigate({ to: `/journeys/${journey.key}`, search: { view: 'edit', step } });
  };
  return (
    <Card title={says.checks}>
      <Group gap="xs" role="status">
        {hasFailed ? <IconCircleX size={18} color="var(--mantine-color-red-6)" aria-hidden /> : <IconCircleCheck size={18} color="var(--mantine-color-green-6)" aria-hidden />}
        <Text size="sm" fw={600}>{hasFailed ? says.failed : problems.length > 0 ? says.passedWith : says.passed}</Text>
      </Group>
      {[...groupByNode(problems)].map(([node, several]) => {
        const found = findNode(draft, node);
        return (
          <Stack key={node} gap={4} pl={26}>
            <Group gap="xs" justify="space-between" wrap="nowrap">
              <Text size="sm" fw={600} className="wrapped">{found ? describeNode(found).title : node || says.whole}</Text>
              {node !== '' && <Anchor component="button" type="button" size="sm" className="fixed" onClick={() => show(node)}>{says.toStep}</Anchor>}
            </Group>
            {several.map(({ message, severity }, place) => (
              <Group key={place} gap={6} wrap="nowrap" align="flex-start">
                {severity === 'error' ? <IconCircleX size={15} className="fixed inline" color="var(--mantine-color-red-6)" aria-label={says.error} /> : <IconAlertTriangle size={15} className="fixed inline" color="var(--mantine-color-yellow-7)" aria-label={says.warning} />}
                <Text size="sm" className="wrapped">{message}</Text>
              </Group>
            ))}
          </Stack>
        );
      })}
    </Card>
  );
}
