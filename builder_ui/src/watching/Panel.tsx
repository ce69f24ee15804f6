import { Code, Divider, Group, Stack, Table, Text, ThemeIcon, Title } from '@mantine/core';
import { IconBolt } from '@tabler/icons-react';

import type { Report } from '../api/types';
import type { Journey } from '../generated/journey';
import { findNode, TRIGGER } from '../graph/paths';
import { sayExits, sayTrigger } from '../graph/words';
import { describeNode } from '../nodes/registry';
import { Tag } from '../ui/Tag';

/** What is known of the chosen node, or of the whole journey. */
export function Panel({ journey, report, chosen }: { readonly journey: Journey; readonly report: Report | null; readonly chosen: string | null }) {
  const node = chosen === null ? undefined : findNode(journey, chosen);
  if (chosen === null || chosen === TRIGGER || node === undefined) return <Whole journey={journey} report={report} />;
  const { icon: Picture, color, name, title, more } = describeNode(node);
  const figures = report?.nodes[chosen];
  const messages = report?.messages[chosen];
  return (
    <Stack gap="md">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <ThemeIcon variant="light" color={color} size={36} radius="md"><Picture size={20} stroke={1.8} /></ThemeIcon>
        <div>
          <Title order={2} size="h5">{title}</Title>
          <Text size="xs" c="dimmed">{name} · {chosen}{more ? ` · ${more}` : ''}</Text>
        </div>
      </Group>
      {figures && <Figures rows={[['Entered', figures.entered], ['Here now', figures.waiting], ...Object.entries(figures.paths).map(([label, n]) => [`→ ${label}`, n] as const)]} />}
      {messages && (
        <>
          <Text size="xs" fw={600} c="dimmed">MESSAGES</Text>
          <Figures rows={Object.entries(messages)} />
        </>
      )}
      <Divider />
      <Text size="xs" fw={600} c="dimmed">AS WRITTEN</Text>
      <Code block fz={12}>{JSON.stringify(node, null, 2)}</Code>
    </Stack>
  );
}

function Whole({ journey, report }: { readonly journey: Journey; readonly report: Report | null }) {
  const { title, more } = sayTrigger(journey.trigger);
  const exits = sayExits(journey);
  return (
    <Stack gap="md">
      <Group gap="sm" wrap="nowrap" align="flex-start">
        <ThemeIcon variant="light" color="violet" size={36} radius="md"><IconBolt size={20} stroke={1.8} /></ThemeIcon>
        <div>
          <Title order={2} size="h5">{title}</Title>
          <Text size="xs" c="dimmed">{more}</Text>
        </div>
      </Group>
      {report && <Figures rows={[['Entered', report.entered], ['Inside now', report.active], ['Completed', report.completed], ...Object.entries(report.exited).map(([reason, n]) => [`Left: ${reason}`, n] as const), ...Object.entries(report.refused).map(([reason, n]) => [`Not let in: ${reason.replaceAll('_', ' ')}`, n] as const)]} />}
      {exits.length > 0 && (
        <div>
          <Text size="xs" fw={600} c="dimmed" mb={6}>TAKEN OUT AT ONCE BY</Text>
          <Stack gap={6}>{exits.map((words) => <Text key={words} size="sm">{words}</Text>)}</Stack>
        </div>
      )}
      {(journey.goals ?? []).length > 0 && (
        <div>
          <Text size="xs" fw={600} c="dimmed" mb={6}>GOALS</Text>
          <Stack gap={6}>
            {(journey.goals ?? []).map(({ name }) => (
              <Group key={name} justify="space-between">
                <Text size="sm">{name}</Text>
                <Tag color="green">{report?.goals[name]?.reached ?? 0}</Tag>
              </Group>
            ))}
          </Stack>
        </div>
      )}
      <Text size="xs" c="dimmed">Choose a node to see what happened there.</Text>
    </Stack>
  );
}

function Figures({ rows }: { readonly rows: readonly (readonly [string, number])[] }) {
  return (
    <Table withRowBorders={false} verticalSpacing={3} horizontalSpacing={0}>
      <Table.Tbody>
        {rows.map(([words, n]) => (
          <Table.Tr key={words}>
            <Table.Td><Text size="sm">{words}</Text></Table.Td>
            <Table.Td ta="right" className="numbers"><Text size="sm" fw={600}>{n.toLocaleString()}</Text></Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
