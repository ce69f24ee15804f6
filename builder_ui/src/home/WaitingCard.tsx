import { Group, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconBellExclamation, IconChevronRight, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

import { Card } from '../ui/Card';
import { Tag } from '../ui/Tag';
import { sayInstant, sayNumber } from '../words/formats';
import type { Waiting } from './asks';
import { findMending, isUrgent, sortWaiting } from './course';
import { says } from './words';

/** What waits for somebody; each leads to where it is mended. */
export function WaitingCard({ waiting }: { readonly waiting: readonly Waiting[] }) {
  return (
    <Card title={says.waiting}>
      {waiting.length === 0 ? (
        <Group wrap="nowrap" gap="sm">
          <ThemeIcon variant="light" color="green" radius="xl" size={36}><IconCircleCheck size={20} /></ThemeIcon>
          <div><Text size="sm" fw={600}>{says.nothingWaits}</Text><Text size="xs" c="dimmed">{says.nothingWaitsMore}</Text></div>
        </Group>
      ) : (
        <ul className="plain lines">{sortWaiting(waiting).map((one) => <li key={`${one.kind}/${one.key ?? one.lane ?? ''}`}><Row waiting={one} /></li>)}</ul>
      )}
    </Card>
  );
}

function Row({ waiting }: { readonly waiting: Waiting }) {
  const urgent = isUrgent(waiting);
  const { to, search } = findMending(waiting);
  const { lane, since } = waiting;
  const name = waiting.name ?? (lane ? (says.lanes[lane] ?? lane) : '');
  return (
    <Link to={to} {...(search ? { search } : {})} className="line-link">
      <ThemeIcon variant="light" color={urgent ? 'red' : 'orange'} radius="xl" size={28} className="fixed">{urgent ? <IconAlertTriangle size={16} /> : <IconBellExclamation size={16} />}</ThemeIcon>
      <span className="grow">
        <Text size="sm" span className="wrapped">{says.waits[waiting.kind](sayNumber(waiting.count), name, waiting.count)}</Text>
        {since && <Text size="xs" c="dimmed">{says.since(sayInstant(since))}</Text>}
      </span>
      {urgent && <Tag color="red">{says.urgent}</Tag>}
      <IconChevronRight size={16} className="fixed" aria-hidden />
    </Link>
  );
}
