import { Group, Paper, Text } from '@mantine/core';

import { SparkLine } from '../ui/SparkLine';
import { colorText } from '../ui/Tag';
import { sayNumber, sayShare } from '../words/formats';
import { type Course, sumUp } from './course';
import { says } from './words';

/** How something went: a number, today's part of it, its line, and how it was before. */
export function CourseFigure({ label, course }: { readonly label: string; readonly course: Course | null }) {
  if (course === null) return <Paper withBorder radius="lg" p="md"><Text size="sm" c="dimmed">{label}</Text><Text fz={26} fw={700}>–</Text><Text size="xs" c="dimmed">{says.tooMany}</Text></Paper>;
  const { total, today, change } = sumUp(course);
  return (
    <Paper component="section" withBorder radius="lg" p="md" aria-label={label}>
      <Text size="sm" c="dimmed">{label}</Text>
      <Group justify="space-between" align="flex-end" wrap="nowrap" gap="xs">
        <Text fz={26} fw={700} lh={1.3} className="numbers">{sayNumber(total)}</Text>
        <SparkLine values={course.days} label={says.line(label, sayNumber(total), String(course.days.length))} />
      </Group>
      <Group gap={6} mt={4} wrap="wrap">
        <Text size="xs" fw={600} className="numbers">{says.today(sayNumber(today))}</Text>
        <Text size="xs" c={change === null || change === 0 ? 'dimmed' : colorText(change > 0 ? 'green' : 'orange')}>{sayChange(course, total, change)}</Text>
      </Group>
    </Paper>
  );
}

function sayChange({ before }: Course, total: number, change: number | null): string {
  if (change === null) return says.none_before;
  if (change === 0) return says.as_before(sayNumber(before));
  const share = sayShare(Math.abs(total - before), before);
  return change > 0 ? says.more_than(share, sayNumber(before)) : says.less_than(share, sayNumber(before));
}
