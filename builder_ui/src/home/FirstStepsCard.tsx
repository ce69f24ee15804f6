import { Anchor, Group, Progress, SimpleGrid, Text } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

import { Card } from '../ui/Card';
import type { FirstSteps } from './asks';
import { says } from './words';

const STEPS: readonly { readonly name: keyof FirstSteps; readonly to: string }[] = [
  { name: 'has_key', to: '/settings' },
  { name: 'has_event', to: '/events' },
  { name: 'has_template', to: '/templates' },
  { name: 'has_journey', to: '/gallery' },
  { name: 'has_published', to: '/journeys' },
  { name: 'has_sent', to: '/mailbox' },
];

/** What somebody new does first, checked off as it is done; gone once all of it is. */
export function FirstStepsCard({ steps }: { readonly steps: FirstSteps }) {
  const done = STEPS.filter(({ name }) => steps[name]).length;
  if (done === STEPS.length) return null;
  return (
    <Card title={says.steps} actions={<Text size="sm" c="dimmed" className="numbers">{says.done(done, STEPS.length)}</Text>}>
      <Progress value={(100 * done) / STEPS.length} size="sm" aria-label={says.steps} />
      <SimpleGrid component="ol" className="plain" cols={{ base: 1, xs: 2, md: 3 }} spacing="sm" mt={4}>
        {STEPS.map(({ name, to }) => (
          <li key={name}>
            <Group wrap="nowrap" align="flex-start" gap="xs">
              {steps[name] ? <IconCircleCheckFilled size={20} className="fixed" color="var(--mantine-color-green-6)" aria-label={says.isDone} /> : <IconCircle size={20} className="fixed" color="var(--mantine-color-dimmed)" aria-label={says.isOpen} />}
              <div>
                <Anchor component={Link} to={to} size="sm" fw={600} {...(steps[name] ? { c: 'dimmed', td: 'line-through' } : {})}>{says.step[name]?.[0]}</Anchor>
                {!steps[name] && <Text size="xs" c="dimmed">{says.step[name]?.[1]}</Text>}
              </div>
            </Group>
          </li>
        ))}
      </SimpleGrid>
    </Card>
  );
}
