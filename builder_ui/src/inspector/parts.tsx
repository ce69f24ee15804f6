import { Alert, Box, Code, Collapse, Divider, Group, Stack, Text, ThemeIcon, Title, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconChevronRight, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

import type { Problem } from '../api/types';
import type { Journey } from '../generated/journey';
import { words } from '../words/language';

const says = words({ en: { more: 'More', written: 'As written' }, de: { more: 'Mehr', written: 'Wie geschrieben' } });

/** What the parts of a journey's own settings get: the journey, and how to change it. */
export type PartProps = { readonly journey: Journey; readonly change: (part: Partial<Journey>, field?: string) => void; readonly put: (journey: Journey) => void };

/** Fields that belong together. */
export function Section({ title, actions, children }: { readonly title?: string; readonly actions?: ReactNode; readonly children: ReactNode }) {
  return (
    <Stack component="section" gap="sm" aria-label={title}>
      {title && (
        <Group justify="space-between" wrap="nowrap">
          <Title order={3} fz={12} fw={650}>{title}</Title>
          {actions}
        </Group>
      )}
      {children}
    </Stack>
  );
}

/** What is rarely needed, folded away. */
export function More({ title = says.more, isOpen = false, children }: { readonly title?: string; readonly isOpen?: boolean; readonly children: ReactNode }) {
  const [opened, { toggle }] = useDisclosure(isOpen);
  return (
    <Box>
      <UnstyledButton onClick={toggle} aria-expanded={opened} py={4} className="fold">
        <Group gap={4}>
          <IconChevronRight size={14} style={{ transform: opened ? 'rotate(90deg)' : 'none' }} aria-hidden />
          <Text fz={12} fw={600} c="dimmed">{title}</Text>
        </Group>
      </UnstyledButton>
      <Collapse expanded={opened}>{opened && <Stack gap="sm" pt={6}>{children}</Stack>}</Collapse>
    </Box>
  );
}

/** What a panel is about. */
export function Head({ icon: Picture, color, title, kind }: { readonly icon: Icon; readonly color: string; readonly title: string; readonly kind: string }) {
  return (
    <Group gap="sm" wrap="nowrap" align="center">
      <ThemeIcon variant="light" color={color} size={34} radius="md"><Picture size={19} stroke={1.8} /></ThemeIcon>
      <Box miw={0}>
        <Text size="xs" c="dimmed">{kind}</Text>
        <Title order={2} size="h6" lh={1.25} style={{ overflowWrap: 'anywhere' }}>{title}</Title>
      </Box>
    </Group>
  );
}

/** What is to be mended here. */
export function Problems({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  return (
    <Stack gap={6}>
      {problems.map(({ code, path, message, severity }) => (
        <Alert key={`${code} ${path} ${message}`} p="xs" variant="light" color={severity === 'error' ? 'red' : 'yellow'} icon={<IconAlertTriangle size={16} />}><Text size="xs">{message}</Text></Alert>
      ))}
    </Stack>
  );
}

/** The JSON that is kept. */
export function AsWritten({ value }: { readonly value: unknown }) {
  return (
    <>
      <Divider />
      <More title={says.written}><Code block fz={11}>{JSON.stringify(value, null, 2)}</Code></More>
    </>
  );
}
